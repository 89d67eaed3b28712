/* SPDX-License-Identifier: MIT */
/* The account that a person names, by its own name or by a profile's. */
#ifndef FOB_HOST_AGENT_SERVE_ACCOUNT_NAMED_H
#define FOB_HOST_AGENT_SERVE_ACCOUNT_NAMED_H

#include "host/config/profile.h"

#include "host/agent/request/request.h"
#include "host/vault/accounts.h"

/* The mfa_serial of the profile, or else of those that its source_profile
 * leads to; NULL when there is none. */
const char *account_named_serial(const struct fob_profile *profile);

/* The account of exactly that name; else the one whose seed is the device of
 * the profile of exactly that name, in the caller's files; else the only one
 * whose name has it as a part.  FOB_E_AMBIGUOUS where the last two differ.  For
 * a far side, within the policy: remote_find_account. */
FOB_MUST_CHECK enum fob_status
account_named_find(struct fob_request *request, const char *name,
                   struct fob_vault_account *account);

#endif
