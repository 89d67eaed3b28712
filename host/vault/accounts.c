/* SPDX-License-Identifier: MIT */
#include "host/vault/accounts.h"

#include "host/base/text.h"
#include "host/vault/accounts_put.h"
#include "host/vault/accounts_search.h"
#include "src/wipe.h"

#include <string.h>

/* FOB_E_EXISTS when an account other than the one at `except` shares what
 * must be its own. */
static enum fob_status accounts_check_new(const struct fob_vault_body *body,
                                          const struct fob_vault_account *fresh,
                                          size_t except,
                                          struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *other = fob_vault_account_alloc(&room);
    enum fob_status status = FOB_OK;
    struct record record;
    size_t cursor = 0;

    if (other == NULL)
        return fob_error_no_memory(error);
    while (status == FOB_OK && accounts_step(body, &cursor, &record, other)) {
        const char *shared = accounts_shared(fresh, other);
        if (record.at == except || shared == NULL)
            continue;
        status = accounts_exists(other, shared, error);
    }
    fob_secret_free(&room);
    return status;
}

/* Put `account` in the place of `old`, or, if that is NULL, at the end. */
static enum fob_status accounts_put(struct fob_vault_body *body,
                                    const struct record *old,
                                    const struct fob_vault_account *account,
                                    struct fob_error *error)
{
    enum fob_status status = accounts_check_new(
        body, account, old != NULL ? old->at : SIZE_MAX, error);

    return status == FOB_OK ? accounts_write(body, old, account, error)
                            : status;
}

enum fob_status fob_accounts_add(struct fob_vault_body *body,
                                 const struct fob_vault_account *account,
                                 struct fob_error *error)
{
    return accounts_put(body, NULL, account, error);
}

enum fob_status fob_accounts_replace(struct fob_vault_body *body,
                                     const char *name,
                                     const struct fob_vault_account *account,
                                     struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *old = fob_vault_account_alloc(&room);
    struct record record;
    bool found = old != NULL && accounts_exact(body, name, &record, old);
    bool no_memory = old == NULL;

    fob_secret_free(&room);
    if (no_memory)
        return fob_error_no_memory(error);
    return found ? accounts_put(body, &record, account, error)
                 : accounts_none(name, error);
}

enum fob_status fob_accounts_rename(struct fob_vault_body *body,
                                    const char *name, const char *new_name,
                                    struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    enum fob_status status;
    struct record record;

    if (account == NULL)
        return fob_error_no_memory(error);
    status = accounts_locate(body, name, &record, account, error);
    if (status == FOB_OK &&
        fob_text_copy(account->name, sizeof(account->name), new_name) != FOB_OK)
        status =
            fob_error_set(error, FOB_E_TOO_LONG, "a name has at most %d bytes",
                          FOB_ACCOUNT_NAME_MAX);
    if (status == FOB_OK)
        status = accounts_put(body, &record, account, error);
    fob_secret_free(&room);
    return status;
}

enum fob_status fob_accounts_find_exact(const struct fob_vault_body *body,
                                        const char *name,
                                        struct fob_vault_account *account,
                                        struct fob_error *error)
{
    struct record record;

    return accounts_exact(body, name, &record, account)
               ? FOB_OK
               : accounts_none(name, error);
}

enum fob_status fob_accounts_remove(struct fob_vault_body *body,
                                    const char *name, struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    enum fob_status status = FOB_OK;
    struct record record;

    if (account == NULL)
        return fob_error_no_memory(error);
    if (accounts_exact(body, name, &record, account))
        record_cut(&body->records, record.at, record.end);
    else
        status = accounts_none(name, error);
    fob_secret_free(&room);
    return status;
}

/* Move the counter on in `edit`; `account` gets the one taken. */
static enum fob_status counter_take(struct fob_vault_edit *edit,
                                    const char *name,
                                    struct fob_vault_account *account,
                                    struct fob_error *error)
{
    struct fob_account *otp = &account->otp;

    if (fob_accounts_find(&edit->body, name, account, error) != FOB_OK)
        return error->status;
    if (otp->type != FOB_HOTP || account->token[0])
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "the account \"%s\" has no counter in the vault",
                             account->name);
    if (otp->counter == UINT64_MAX)
        return fob_error_set(error, FOB_E_SPENT,
                             "the account \"%s\" has no counter left",
                             account->name);
    otp->counter++;
    if (fob_accounts_replace(&edit->body, account->name, account, error) !=
        FOB_OK)
        return error->status;
    otp->counter--;
    return FOB_OK;
}

enum fob_status fob_accounts_take_counter(struct fob_vault *vault,
                                          const char *name,
                                          struct fob_vault_account *account,
                                          struct fob_error *error)
{
    struct fob_vault_edit edit;
    enum fob_status status = fob_vault_begin(vault, &edit, error);

    if (status == FOB_OK)
        status = counter_take(&edit, name, account, error);
    if (status == FOB_OK)
        status = fob_vault_commit(&edit, error);
    if (status != FOB_OK)
        fob_wipe(account, sizeof(*account));
    fob_vault_end(&edit);
    return status;
}
