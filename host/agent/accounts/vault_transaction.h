/* SPDX-License-Identifier: MIT */
/* A change of the vault: all of it, or nothing. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_VAULT_TRANSACTION_H
#define FOB_HOST_AGENT_ACCOUNTS_VAULT_TRANSACTION_H

#include "host/agent/request/request.h"

/* Open (with `make`, make) and hold the vault and begin a change.  In any case
 * follows vault_transaction_commit, which does what is asked of `edit` if
 * `status` is FOB_OK, or vault_transaction_abort, which does nothing; both let
 * go of the vault. */
FOB_MUST_CHECK enum fob_status
vault_transaction_begin(struct fob_request *request, bool make,
                        struct fob_vault_edit *edit);
FOB_MUST_CHECK enum fob_status
vault_transaction_commit(struct fob_request *request,
                         struct fob_vault_edit *edit, enum fob_status status);
void vault_transaction_abort(struct fob_request *request,
                             struct fob_vault_edit *edit);

#endif
