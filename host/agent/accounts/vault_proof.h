/* SPDX-License-Identifier: MIT */
/*
 * Asking again for what a person knows or holds, although the vault may be
 * open: before a seed is given out, and before whatever opens the vault is
 * added, changed or removed.  A program that runs as the person has the open
 * vault's agent as they have it, but not the answer.
 */
#ifndef FOB_HOST_AGENT_ACCOUNTS_VAULT_PROOF_H
#define FOB_HOST_AGENT_ACCOUNTS_VAULT_PROOF_H

#include "host/agent/request/request.h"

struct vault_proof {
    struct fob_secret secret;
    struct fob_slot_opener opener; /* of `secret` */
};

/* Ask for the passphrase, or take the key file that the caller named, whose
 * content is in `named` (empty: none); and try it on the vault's slots.  The
 * key file of the settings is no proof while there is a passphrase: whoever
 * runs as the person can name it.  The vault is open afterwards, and
 * request->view is what was proven against.  FOB_E_NOBODY when nobody can be
 * asked, and when there is only a key file and none was named;
 * FOB_E_WRONG_KEY.  `proof` is to be freed on every path. */
FOB_MUST_CHECK enum fob_status vault_proof_ask(struct fob_request *request,
                                               const struct fob_secret *named,
                                               struct vault_proof *proof);
void vault_proof_free(struct vault_proof *proof);

/* Begin a change (vault_transaction.h) of the vault that `proof` opens: by the
 * slot *number, from 0. */
FOB_MUST_CHECK enum fob_status
vault_proof_begin(struct fob_request *request, const struct vault_proof *proof,
                  struct fob_vault_edit *edit, size_t *number);

#endif
