/* SPDX-License-Identifier: MIT */
#include "host/agent/keys/key_import.h"

#include "host/agent/accounts/vault_transaction.h"
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

static enum fob_status store_key(struct fob_request *request,
                                 const struct fob_access_key *key)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = vault_transaction_begin(request, true, &edit);

    if (status == FOB_OK)
        status = fob_access_keys_put(&edit.body, key, &request->error);
    return vault_transaction_commit(request, &edit, status);
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
    enum fob_status status = take_pair(request, profile, pair, key);

    if (status == FOB_OK)
        status = store_key(request, key);
    if (status == FOB_OK)
        status = fob_edit_file(pair->path, &edit, &request->error);
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
    if (status == FOB_OK)
        status = move_pair(request, profile, &pair, key);
    if (status == FOB_OK)
        *path = pair.path;
    return status;
}
