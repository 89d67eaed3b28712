/* SPDX-License-Identifier: MIT */
/* From a key file or a passphrase to an open vault. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_VAULT_OPEN_PROMPT_H
#define FOB_HOST_AGENT_ACCOUNTS_VAULT_OPEN_PROMPT_H

#include "host/agent/request/request.h"

/* How the vault is opened, and what becomes of it then. */
struct vault_open_prompt {
    /* Takes the open `vault` over. */
    enum fob_status (*install)(struct fob_request *request,
                               struct fob_vault *vault);
    bool may_make; /* one is made where there is none; else FOB_E_NOT_FOUND */
};

/* Open the vault where it belongs and install it: by the key file of the
 * settings, else by a passphrase that the caller is asked for.  Nothing is held
 * meanwhile, so each caller has a question of its own; whoever answers first
 * opens it for all, and the answers that come later are not needed.  The error
 * is set. */
FOB_MUST_CHECK enum fob_status
vault_open_prompt_run(struct fob_request *request,
                      const struct vault_open_prompt *how);

/* The same by `opener`, with nobody asked. */
FOB_MUST_CHECK enum fob_status
vault_open_prompt_by(struct fob_request *request,
                     const struct vault_open_prompt *how,
                     const struct fob_slot_opener *opener);

/* What is done with an answer: FOB_E_WRONG_KEY asks for another one. */
struct vault_attempt {
    enum fob_status (*run)(struct fob_request *request,
                           const struct fob_slot_opener *opener,
                           const void *context);
    const void *context;
    bool is_again; /* also when the agent has it open: to be sure who asks */
};

/* Ask for the passphrase that opens a slot until `attempt` takes it, three
 * times at most: into the empty `answer`, which `opener` is made of. */
FOB_MUST_CHECK enum fob_status vault_open_prompt_try(
    struct fob_request *request, const struct vault_attempt *attempt,
    struct fob_secret *answer, struct fob_slot_opener *opener);

/* What the head of the vault's file says, and whether it has such a slot. */
FOB_MUST_CHECK enum fob_status
vault_open_prompt_inspect(struct fob_request *request,
                          struct fob_vault_header *header);
bool vault_open_prompt_has(const struct fob_vault_header *header,
                           enum fob_slot_type type);

/* One for a slot to be made. */
FOB_MUST_CHECK enum fob_status
vault_open_prompt_ask_new(struct fob_request *request,
                          struct fob_secret *passphrase);

#endif
