/* SPDX-License-Identifier: MIT */
#include "host/agent/keys/key_store.h"

#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/base/text.h"

#include <string.h>

static enum fob_status no_memory(struct fob_request *request)
{
    return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
}

static enum fob_status new_name(struct fob_request *request,
                                const char *profile,
                                char name[static FOB_NAME_MAX + 1])
{
    if (fob_text_format(name, FOB_NAME_MAX + 1, "%s (new)", profile) == FOB_OK)
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_TOO_LONG,
                         "the name of profile %s is too long", profile);
}

enum fob_status key_store_get(struct fob_request *request, const char *profile,
                              struct fob_access_key *key)
{
    const struct fob_vault_body *body;
    enum fob_status status = vault_view_get(request, &body);

    if (status == FOB_OK)
        status = fob_access_keys_get(body, profile, key, &request->error);
    return status;
}

enum fob_status key_store_get_new(struct fob_request *request,
                                  const char *profile,
                                  struct fob_access_key *key)
{
    char name[FOB_NAME_MAX + 1];
    enum fob_status status = new_name(request, profile, name);

    return status == FOB_OK ? key_store_get(request, name, key) : status;
}

enum fob_status key_store_put_new(struct fob_request *request,
                                  struct fob_access_key *key)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = new_name(request, key->profile, name);

    if (status != FOB_OK)
        return status;
    (void)!fob_text_copy(key->profile, sizeof(key->profile), name);
    status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = fob_access_keys_put(&edit.body, key, &request->error);
    return vault_transaction_commit(request, &edit, status);
}

/* `next` is a copy of the new key, its profile changed for each put. */
static enum fob_status put_everywhere(struct fob_vault_body *body,
                                      const char *old_id,
                                      struct fob_access_key *next,
                                      struct fob_access_key *each,
                                      struct fob_error *error)
{
    size_t cursor = 0;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && fob_access_keys_next(body, &cursor, each))
        if (strcmp(each->id, old_id) == 0) {
            (void)!fob_text_copy(next->profile, sizeof(next->profile),
                                 each->profile);
            status = fob_access_keys_put(body, next, error);
            cursor = 0; /* records may have moved */
        }
    return status;
}

enum fob_status key_store_switch(struct fob_request *request,
                                 const char *profile, const char *old_id)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret rooms[2] = {{0}, {0}};
    struct fob_access_key *next = fob_access_key_alloc(&rooms[0]);
    struct fob_access_key *each = fob_access_key_alloc(&rooms[1]);
    struct fob_vault_edit edit = {.lock = -1};
    struct fob_error *error = &request->error;
    enum fob_status status = next == NULL || each == NULL
                                 ? no_memory(request)
                                 : new_name(request, profile, name);

    if (status == FOB_OK)
        status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = fob_access_keys_get(&edit.body, name, next, error);
    if (status == FOB_OK)
        status = put_everywhere(&edit.body, old_id, next, each, error);
    if (status == FOB_OK)
        status = fob_access_keys_remove(&edit.body, name, error);
    status = vault_transaction_commit(request, &edit, status);
    fob_secret_free(&rooms[0]);
    fob_secret_free(&rooms[1]);
    return status;
}
