/* SPDX-License-Identifier: MIT */
/* The contents as a whole.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_BODY_H
#define FOB_HOST_VAULT_BODY_H

#include "host/vault/vault.h"

/* The first contents of a vault, with a fresh session-cache key. */
FOB_MUST_CHECK enum fob_status body_make(struct fob_vault_body *body);

/* Whether decrypted contents are what this fob can work with: whole records,
 * those it knows with fields in range, the facts once.  FOB_E_DAMAGED, error
 * set without the file's name. */
FOB_MUST_CHECK enum fob_status body_check(const struct fob_vault_body *body,
                                          struct fob_error *error);

#endif
