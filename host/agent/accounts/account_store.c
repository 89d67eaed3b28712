/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/account_store.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/base/text.h"

#include <string.h>

struct fob_vault_account *account_store_room(struct fob_request *request,
                                             struct fob_secret *room)
{
    struct fob_vault_account *account = fob_vault_account_alloc(room);

    if (account == NULL)
        fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    return account;
}

enum fob_status account_store_find(struct fob_request *request,
                                   const char *name,
                                   struct fob_vault_account *account)
{
    const struct fob_vault_body *body;
    enum fob_status status = vault_view_get(request, &body);

    if (status == FOB_OK)
        status = fob_accounts_find(body, name, account, &request->error);
    return status;
}

enum fob_status account_store_find_exact(struct fob_request *request,
                                         const char *name,
                                         struct fob_vault_account *account)
{
    const struct fob_vault_body *body;
    enum fob_status status = vault_view_get(request, &body);

    if (status == FOB_OK)
        status = fob_accounts_find_exact(body, name, account, &request->error);
    return status;
}

enum fob_status account_store_find_device(struct fob_request *request,
                                          const char *serial,
                                          struct fob_vault_account *account)
{
    const struct fob_vault_body *body;
    enum fob_status status = vault_view_get(request, &body);

    if (status == FOB_OK)
        status =
            fob_accounts_find_device(body, serial, account, &request->error);
    return status;
}

enum fob_status account_store_at(struct fob_request *request, size_t number,
                                 struct fob_vault_account *account)
{
    const struct fob_vault_body *body;
    size_t cursor = 0;
    enum fob_status status = vault_view_get(request, &body);

    if (status != FOB_OK)
        return status;
    for (size_t i = 0; i <= number; i++)
        if (!fob_accounts_next(body, &cursor, account))
            return FOB_E_NOT_FOUND;
    return FOB_OK;
}

enum fob_status account_store_add(struct fob_request *request, bool make,
                                  const struct fob_vault_account *account)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = vault_transaction_begin(request, make, &edit);

    if (status == FOB_OK)
        status = fob_accounts_add(&edit.body, account, &request->error);
    return vault_transaction_commit(request, &edit, status);
}

/* A person may have been asked in between. */
static enum fob_status check_same(const struct fob_vault_body *body,
                                  const struct fob_vault_account *account,
                                  struct fob_error *error)
{
    struct fob_secret room = {0};
    struct fob_vault_account *now = fob_vault_account_alloc(&room);
    enum fob_status status =
        now == NULL ? fob_error_no_memory(error)
                    : fob_accounts_find_exact(body, account->name, now, error);

    if (status == FOB_OK && (strcmp(now->device, account->device) != 0 ||
                             strcmp(now->token, account->token) != 0 ||
                             now->created_s != account->created_s)) {
        fob_error_set(error, FOB_E_BUSY, "%s was changed just now",
                      account->name);
        fob_error_hint(error, "look at it, then run the command again");
        status = FOB_E_BUSY;
    }
    fob_secret_free(&room);
    return status;
}

enum fob_status account_store_remove(struct fob_request *request,
                                     const struct fob_vault_account *account)
{
    struct fob_vault_edit edit = {.lock = -1};
    struct fob_error *error = &request->error;
    enum fob_status status = vault_transaction_begin(request, false, &edit);

    if (status == FOB_OK)
        status = check_same(&edit.body, account, error);
    if (status == FOB_OK)
        status = fob_accounts_remove(&edit.body, account->name, error);
    return vault_transaction_commit(request, &edit, status);
}

static enum fob_status apply_note(const struct account_note *note,
                                  struct fob_vault_account *account,
                                  struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    if (note->on_time)
        account->offset_s = 0;
    if (note->serial != NULL)
        status = account_make_bind(account, note->serial, error);
    if (status == FOB_OK && note->user != NULL &&
        fob_text_copy(account->user, sizeof(account->user), note->user) !=
            FOB_OK)
        status =
            fob_error_set(error, FOB_E_USAGE, "the user's name is too long");
    return status;
}

static enum fob_status find_noted(const struct fob_vault_body *body,
                                  const struct account_note *note,
                                  struct fob_vault_account *account,
                                  struct fob_error *error)
{
    if (note->name != NULL)
        return fob_accounts_find(body, note->name, account, error);
    return fob_accounts_find_device(body, note->serial, account, error);
}

enum fob_status account_store_note(struct fob_request *request,
                                   const struct account_note *note)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    struct fob_vault_edit edit = {.lock = -1};
    struct fob_error *error = &request->error;
    enum fob_status status;

    if (account == NULL)
        return error->status;
    status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = find_noted(&edit.body, note, account, error);
    if (status == FOB_OK)
        status = apply_note(note, account, error);
    if (status == FOB_OK)
        status =
            fob_accounts_replace(&edit.body, account->name, account, error);
    status = vault_transaction_commit(request, &edit, status);
    fob_secret_free(&room);
    return status;
}
