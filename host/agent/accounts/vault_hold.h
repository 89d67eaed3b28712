/* SPDX-License-Identifier: MIT */
/* The open vault while a request uses it: opened if it is not. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_VAULT_HOLD_H
#define FOB_HOST_AGENT_ACCOUNTS_VAULT_HOLD_H

#include "host/agent/request/request.h"

/* Open the vault unless it is open.  With `make` one is made where there is
 * none; else FOB_E_NOT_FOUND, error set. */
FOB_MUST_CHECK enum fob_status vault_hold_open(struct fob_request *request,
                                               bool make);

/* Open the vault by `opener` unless it is open. */
FOB_MUST_CHECK enum fob_status
vault_hold_open_by(struct fob_request *request,
                   const struct fob_slot_opener *opener);

/* Open the vault unless it is open, and hold it: until agent_release.  NULL,
 * with *status and the error set, on a fault. */
struct fob_vault *vault_hold_begin(struct fob_request *request, bool make,
                                   enum fob_status *status);

#endif
