/* SPDX-License-Identifier: MIT */
/* Long-term access keys: out of the plaintext files, into the vault. */
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/keys/key_import.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

enum fob_status serve_keys_import(struct fob_request *request)
{
    struct profile profile = {0};
    struct fob_message *reply = &request->reply;
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    char name[FOB_NAME_MAX + 1];
    const char *path;
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = field_read_profile(request, name);
    if (status == FOB_OK)
        status = profile_load(request, name, &profile);
    if (status == FOB_OK)
        status = key_import(request, &profile, key, &path);
    if (status == FOB_OK) {
        fob_message_put_text(reply, FOB_TAG_PROFILE, key->profile);
        fob_message_put_text(reply, FOB_TAG_ACCESS_KEY_ID, key->id);
        fob_message_put_text(reply, FOB_TAG_PATH, path);
    }
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
    struct fob_access_key *key = fob_access_key_alloc(&room);
    const struct fob_vault_body *body;
    size_t cursor = 0;
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = vault_view_list(request, &body);
    if (status == FOB_OK)
        while (fob_access_keys_next(body, &cursor, key))
            put_key(&request->reply, key);
    fob_secret_free(&room);
    return status;
}

enum fob_status serve_keys_remove(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = field_read_text(request, FOB_TAG_PROFILE,
                                             "profile", name, sizeof(name));

    if (status == FOB_OK)
        status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = fob_access_keys_remove(&edit.body, name, &request->error);
    return vault_transaction_commit(request, &edit, status);
}
