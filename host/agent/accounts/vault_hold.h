/* SPDX-License-Identifier: MIT */
/* The vault while a request uses it: opened if it is not (opening.h), read,
 * changed. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_VAULT_HOLD_H
#define FOB_HOST_AGENT_ACCOUNTS_VAULT_HOLD_H

#include "host/agent/request/request.h"

/* Open the vault unless it is open.  With `make` one is made where there is
 * none; else FOB_E_NOT_FOUND, worded. */
FOB_MUST_CHECK enum fob_status unlock_vault(struct fob_request *request,
                                            bool make);

/* Ask for what opens the vault although it may be open: for export. */
FOB_MUST_CHECK enum fob_status unlock_again(struct fob_request *request);

/* Unlock, then read today's contents into the empty `body`. */
FOB_MUST_CHECK enum fob_status unlock_and_load(struct fob_request *request,
                                               struct fob_vault_body *body);

/* The same for a listing: before there is a vault it is empty. */
FOB_MUST_CHECK enum fob_status unlock_and_list(struct fob_request *request,
                                               struct fob_vault_body *body);

/* Unlock (or make), hold the vault and begin a change.  In any case follows
 * unlock_commit, which does what is asked of `edit` if `status` is FOB_OK, or
 * unlock_end, which does nothing; both let go of the vault. */
FOB_MUST_CHECK enum fob_status unlock_and_begin(struct fob_request *request,
                                                bool make,
                                                struct fob_vault_edit *edit);
FOB_MUST_CHECK enum fob_status unlock_commit(struct fob_request *request,
                                             struct fob_vault_edit *edit,
                                             enum fob_status status);
void unlock_end(struct fob_request *request, struct fob_vault_edit *edit);

#endif
