/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_name.h"

#include "host/agent/accounts/vault_view.h"
#include "host/base/text.h"

#include <string.h>

void token_name_get(const struct fob_vault_account *account,
                    char name[static FOB_TOKEN_NAME_MAX + 1])
{
    if (account->token_name[0] == '\0')
        fob_token_name_of_old(&account->otp, name);
    else
        (void)!fob_text_copy(name, FOB_TOKEN_NAME_MAX + 1, account->token_name);
}

static bool is_same_token(const struct fob_vault_account *a,
                          const struct fob_vault_account *b)
{
    return strcmp(a->token, b->token) == 0 &&
           (a->token_id[0] == '\0' || b->token_id[0] == '\0' ||
            strcmp(a->token_id, b->token_id) == 0);
}

static bool has_entry(const struct fob_vault_account *account,
                      const struct fob_vault_account *there, const char *name)
{
    char its[FOB_TOKEN_NAME_MAX + 1];

    if (account->token[0] == '\0' || !is_same_token(account, there) ||
        strcmp(account->name, there->name) == 0)
        return false;
    token_name_get(account, its);
    return strcmp(its, name) == 0;
}

enum fob_status
token_name_find_other(struct fob_request *request,
                      const struct fob_vault_account *there, const char *name,
                      char other[static FOB_ACCOUNT_NAME_MAX + 1])
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    const struct fob_vault_body *body;
    size_t cursor = 0;
    enum fob_status status;

    other[0] = '\0';
    if (account == NULL)
        return fob_error_no_memory(&request->error);
    status = vault_view_get(request, &body);
    while (status == FOB_OK && other[0] == '\0' &&
           fob_accounts_next(body, &cursor, account))
        if (has_entry(account, there, name))
            (void)!fob_text_copy(other, FOB_ACCOUNT_NAME_MAX + 1,
                                 account->name);
    fob_secret_free(&room);
    return status == FOB_OK && other[0] == '\0' ? FOB_E_NOT_FOUND : status;
}

enum fob_status token_name_check_sole(struct fob_request *request,
                                      const struct fob_vault_account *account)
{
    char name[FOB_TOKEN_NAME_MAX + 1], other[FOB_ACCOUNT_NAME_MAX + 1];
    enum fob_status status;

    token_name_get(account, name);
    fob_token_name(&account->otp, other);
    if (account->token_name[0] != '\0' || strcmp(name, other) == 0)
        return FOB_OK;
    status = token_name_find_other(request, account, name, other);
    if (status == FOB_E_NOT_FOUND)
        return FOB_OK;
    if (status != FOB_OK)
        return status;
    fob_error_set(&request->error, FOB_E_AMBIGUOUS,
                  "token %s has one seed for %s and %s, under a name that was "
                  "cut: whose it is, nobody can tell",
                  account->token, account->name, other);
    fob_error_hint(&request->error, "fob token accounts %s", account->token);
    return FOB_E_AMBIGUOUS;
}
