/* SPDX-License-Identifier: MIT */
/* From a locked vault, or none, to an open one: by the key file of the
 * settings, else by a passphrase that the caller is asked for. */
#ifndef FOB_UNLOCK_H
#define FOB_UNLOCK_H

#include "host/agent/request.h"

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

/* Unlock (or make), hold the vault and begin a change; unlock_end in any
 * case, which undoes what was not committed. */
FOB_MUST_CHECK enum fob_status unlock_and_begin(struct fob_request *request,
                                                bool make,
                                                struct fob_vault_edit *edit);
void unlock_end(struct fob_request *request, struct fob_vault_edit *edit);

/* A passphrase for a slot to be made, asked for. */
FOB_MUST_CHECK enum fob_status unlock_ask_new(struct fob_request *request,
                                              struct fob_secret *passphrase);

/* The one that opens a slot, asked for: into the empty `passphrase`. */
FOB_MUST_CHECK enum fob_status unlock_ask(struct fob_request *request,
                                          struct fob_secret *passphrase);

#endif
