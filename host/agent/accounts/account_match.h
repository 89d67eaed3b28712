/* SPDX-License-Identifier: MIT */
/* Where the codes of an MFA device come from. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_ACCOUNT_MATCH_H
#define FOB_HOST_AGENT_ACCOUNTS_ACCOUNT_MATCH_H

#include "host/agent/request/request.h"
#include "host/vault/accounts.h"

/* The account whose seed is the device `serial`: the one bound to it, else
 * the one account that by its QR code or name can be no other.
 * FOB_E_NOT_FOUND or FOB_E_AMBIGUOUS, error set with the next step. */
FOB_MUST_CHECK enum fob_status
account_match_find(struct fob_request *request, const char *serial,
                   struct fob_vault_account *account);

/* AWS took a code of `account` for `serial` of `user`: bind them, if they are
 * not.  Failing to is told and does no harm. */
void account_match_confirm(struct fob_request *request,
                           const struct fob_vault_account *account,
                           const char *serial, const char *user);

/* The next account, from the *number-th (0 at first) on, whose device belongs
 * to the same user as that of `account`; false when there is none.  The vault
 * may change between two calls. */
bool account_match_next_sibling(struct fob_request *request,
                                const struct fob_vault_account *account,
                                size_t *number,
                                struct fob_vault_account *sibling);

#endif
