/* SPDX-License-Identifier: MIT */
/* Which profiles would be left without codes. */
#ifndef FOB_HOST_AGENT_PROFILE_PROFILE_DEPENDENTS_H
#define FOB_HOST_AGENT_PROFILE_PROFILE_DEPENDENTS_H

#include "host/agent/request/request.h"
#include "host/vault/accounts.h"

enum { PROFILE_DEPENDENTS_MAX = 256 }; /* bytes of their names, with the NUL */

/* The profiles of the caller's files whose `mfa_serial` is the device that
 * `account` is, or by its QR code or name may be: "a, b, 3 more", or "".
 * Files that cannot be read name none. */
void profile_dependents_find(struct fob_request *request,
                             const struct fob_vault_account *account,
                             char names[static PROFILE_DEPENDENTS_MAX]);

#endif
