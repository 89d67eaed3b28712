/* SPDX-License-Identifier: MIT */
#include "host/agent/keys/key_import.h"

#include "host/agent/accounts/vault_view.h"
#include "host/agent/keys/key_store.h"
#include "host/base/text.h"
#include "host/config/edit.h"

#include <time.h>

static enum fob_status take_pair(struct fob_request *request,
                                 const struct profile *profile,
                                 const struct fob_profile_key *pair,
                                 struct fob_access_key *key)
{
    struct fob_error *error = &request->error;
    enum fob_status status;

    if (pair->token != NULL)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "the key of profile %s in %s is a temporary one; "
                             "the vault keeps long-term keys",
                             profile->name, pair->path);
    status = fob_text_copy(key->profile, sizeof(key->profile), profile->name);
    if (status == FOB_OK)
        status = fob_text_copy(key->id, sizeof(key->id), pair->id);
    if (status == FOB_OK)
        status = fob_text_copy(key->secret, sizeof(key->secret), pair->secret);
    key->created_s = time(NULL);
    if (status != FOB_OK)
        fob_error_set(error, FOB_E_SYNTAX,
                      "the access key of profile %s in %s is too long to be "
                      "one",
                      profile->name, pair->path);
    return status;
}

/* First into the vault, then out of the file: a kill between the two leaves
 * both, and the next import finishes. */
static enum fob_status move_pair(struct fob_request *request,
                                 const struct profile *profile,
                                 const struct fob_profile_key *pair,
                                 struct fob_access_key *key)
{
    const struct fob_profile *found = &profile->found;
    /* A profile that stands in one file only must not be lost with its key. */
    const struct fob_edit edit = {.action = FOB_EDIT_REMOVE_KEYS,
                                  .kind = pair->kind,
                                  .profile = profile->name,
                                  .keep_header =
                                      pair->kind == FOB_CONFIG_BARE
                                          ? found->config == NULL
                                          : found->credentials == NULL};
    struct key_place place;
    enum fob_status status = take_pair(request, profile, pair, key);

    key_place_make(profile->name, &profile->all.paths, &place);
    if (status == FOB_OK)
        status = key_store_put(request, &place, key);
    if (status == FOB_OK)
        status = fob_edit_file(pair->path, &edit, &request->error);
    return status;
}

/* A person says whose an older fob's key is. */
static enum fob_status adopt_key(struct fob_request *request,
                                 const struct profile *profile,
                                 struct fob_access_key *key)
{
    const struct fob_error none = request->error;
    struct key_place place;
    struct fob_access_key_place unfiled;
    const struct fob_vault_body *body;
    enum fob_status status = vault_view_get(request, &body);

    if (status != FOB_OK)
        return status;
    key_place_make(profile->name, &profile->all.paths, &place);
    unfiled = key_place_unfiled(&place);
    if (fob_access_keys_get(body, &unfiled, key, &request->error) != FOB_OK) {
        request->error = none;
        return none.status;
    }
    status = key_store_put(request, &place, key);
    if (status == FOB_OK)
        request_note(request,
                     "the vault's key %s, which an older fob put, is now that "
                     "of profile %s of %s",
                     key->id, place.profile, place.config);
    return status;
}

enum fob_status key_import(struct fob_request *request,
                           const struct profile *profile,
                           struct fob_access_key *key, const char **path)
{
    struct fob_profile_key pair;
    enum fob_status status =
        fob_profile_get_key(&profile->found, &pair, &request->error);

    *path = "";
    if (status == FOB_E_NOT_FOUND)
        return adopt_key(request, profile, key);
    if (status == FOB_OK)
        status = move_pair(request, profile, &pair, key);
    if (status == FOB_OK)
        *path = pair.path;
    return status;
}
