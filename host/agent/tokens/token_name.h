/* SPDX-License-Identifier: MIT */
/* Which entry of a token is an account's. */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_NAME_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_NAME_H

#include "host/agent/request/request.h"
#include "host/token/token.h"
#include "host/vault/accounts.h"

/* The name that the account has there. */
void token_name_get(const struct fob_vault_account *account,
                    char name[static FOB_TOKEN_NAME_MAX + 1]);

/* An account of the vault, other than `there`, whose seed is,
 * as the vault has it, the entry `name` of the token that `there` is on.
 * FOB_E_NOT_FOUND, error not set, when there is none; `other` is its name. */
FOB_MUST_CHECK enum fob_status
token_name_find_other(struct fob_request *request,
                      const struct fob_vault_account *there, const char *name,
                      char other[static FOB_ACCOUNT_NAME_MAX + 1]);

/* FOB_E_AMBIGUOUS, error set, when another account has the same entry, as
 * fobs that cut names could do: whose seed it is, nobody can tell. */
FOB_MUST_CHECK enum fob_status
token_name_check_sole(struct fob_request *request,
                      const struct fob_vault_account *account);

#endif
