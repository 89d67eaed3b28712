/* SPDX-License-Identifier: MIT */
/* From a key file or a passphrase to an open vault. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_VAULT_OPEN_PROMPT_H
#define FOB_HOST_AGENT_ACCOUNTS_VAULT_OPEN_PROMPT_H

#include "host/agent/request/request.h"

/* Open the vault where it belongs into the empty `vault`: by the key file of
 * the settings, else by a passphrase that the caller is asked for.  With
 * `make` one is made where there is none; else FOB_E_NOT_FOUND, error set. */
FOB_MUST_CHECK enum fob_status
vault_open_prompt_run(struct fob_request *request, bool make,
                      struct fob_vault *vault);

/* The passphrase that opens a slot, asked for: into the empty
 * `passphrase`. */
FOB_MUST_CHECK enum fob_status
vault_open_prompt_ask(struct fob_request *request,
                      struct fob_secret *passphrase);

/* One for a slot to be made. */
FOB_MUST_CHECK enum fob_status
vault_open_prompt_ask_new(struct fob_request *request,
                          struct fob_secret *passphrase);

#endif
