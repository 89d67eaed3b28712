/* SPDX-License-Identifier: MIT */
/* Long-term access keys: out of the plaintext files, into the vault. */
#include "host/agent/handlers.h"
#include "host/agent/profile.h"
#include "host/agent/unlock.h"
#include "host/base/text.h"
#include "host/config/edit.h"
#include "host/vault/access_keys.h"

#include <string.h>
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
    status = fob_text_format(key->profile, sizeof(key->profile), "%s",
                             profile->name);
    if (status == FOB_OK)
        status = fob_text_format(key->id, sizeof(key->id), "%s", pair->id);
    if (status == FOB_OK)
        status = fob_text_format(key->secret, sizeof(key->secret), "%s",
                                 pair->secret);
    key->created_s = time(NULL);
    if (status != FOB_OK)
        fob_error_set(error, FOB_E_SYNTAX,
                      "the access key of profile %s in %s is too long to be "
                      "one",
                      profile->name, pair->path);
    return status;
}

static enum fob_status store(struct fob_request *request,
                             const struct fob_access_key *key)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = unlock_and_begin(request, true, &edit);

    if (status == FOB_OK)
        status = fob_access_keys_put(&edit.body, key, &request->error);
    if (status == FOB_OK)
        status = fob_vault_commit(&edit, &request->error);
    unlock_end(request, &edit);
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
    const struct fob_edit edit = {
        .action = FOB_EDIT_REMOVE_KEYS,
        .kind = pair->kind,
        .profile = profile->name,
        .keep_header = pair->kind == FOB_CONFIG_BARE
                           ? found->config == NULL
                           : found->credentials == NULL};
    enum fob_status status = take_pair(request, profile, pair, key);

    if (status == FOB_OK)
        status = store(request, key);
    if (status == FOB_OK)
        status = fob_edit_file(pair->path, &edit, &request->error);
    if (status == FOB_OK) {
        fob_message_put_text(&request->reply, FOB_TAG_PROFILE, key->profile);
        fob_message_put_text(&request->reply, FOB_TAG_ACCESS_KEY_ID, key->id);
        fob_message_put_text(&request->reply, FOB_TAG_PATH, pair->path);
    }
    return status;
}

enum fob_status serve_keys_import(struct fob_request *request)
{
    struct profile profile = {0};
    struct fob_profile_key pair;
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_room(&room);
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = profile_load(request, &profile);
    if (status == FOB_OK)
        status = fob_profile_get_key(&profile.found, &pair, &request->error);
    if (status == FOB_OK)
        status = move_pair(request, &profile, &pair, key);
    profile_free(&profile);
    fob_secret_free(&room);
    return status;
}

static void put_key(struct fob_message *reply, const struct fob_access_key *key)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_PROFILE, key->profile);
    fob_message_put_text(&record, FOB_TAG_ACCESS_KEY_ID, key->id);
    fob_message_put_number(&record, FOB_TAG_CREATED, (uint64_t)key->created_s);
    if (key->user_arn[0] != '\0')
        fob_message_put_text(&record, FOB_TAG_USER, key->user_arn);
    fob_message_put_record(reply, &record);
    fob_message_free(&record);
}

enum fob_status serve_keys_list(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_room(&room);
    struct fob_vault_body body = {0};
    size_t cursor = 0;
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = unlock_and_list(request, &body);
    if (status == FOB_OK)
        while (fob_access_keys_next(&body, &cursor, key))
            put_key(&request->reply, key);
    fob_vault_body_free(&body);
    fob_secret_free(&room);
    return status;
}

enum fob_status serve_keys_remove(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status =
        request_text(request, FOB_TAG_PROFILE, "profile", name, sizeof(name));

    if (status == FOB_OK)
        status = unlock_and_begin(request, false, &edit);
    if (status == FOB_OK)
        status = fob_access_keys_remove(&edit.body, name, &request->error);
    if (status == FOB_OK)
        status = fob_vault_commit(&edit, &request->error);
    unlock_end(request, &edit);
    return status;
}
