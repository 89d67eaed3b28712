/* SPDX-License-Identifier: MIT */
/* One key slot: wrapping and unwrapping.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_SLOT_H
#define FOB_HOST_VAULT_SLOT_H

#include "host/vault/vault.h"

/* Wrap `key` (FOB_VAULT_KEY_LEN bytes) of vault `id` in a fresh slot. */
FOB_MUST_CHECK enum fob_status slot_make(struct fob_slot *slot,
                                         const uint8_t *id,
                                         const struct fob_slot_opener *opener,
                                         const struct fob_secret *key,
                                         struct fob_error *error);

/* Unwrap into the empty `key`.  FOB_E_UNSUPPORTED when the slot is of
 * another type than the opener, FOB_E_WRONG_KEY, FOB_E_DAMAGED for fields
 * that no fob writes, FOB_E_NO_MEMORY; FOB_E_TOO_LONG, with nothing tried, for
 * a cost N * r * p above 2^21, which is 256 MiB, and above the opener's. */
FOB_MUST_CHECK enum fob_status slot_open(const struct fob_slot *slot,
                                         const uint8_t *id,
                                         const struct fob_slot_opener *opener,
                                         struct fob_secret *key);

/* The first of the slots that opens; on a fault the error is set.  All that
 * are tried cost no more than two of the greatest cost that one may have. */
FOB_MUST_CHECK enum fob_status
slot_open_any(const struct fob_vault_header *header,
              const struct fob_slot_opener *opener, struct fob_secret *key,
              size_t *number, struct fob_error *error);

/* As slot_open_any, for `key` itself and no other; its `number`. */
FOB_MUST_CHECK enum fob_status slot_prove(const struct fob_vault_header *header,
                                          const struct fob_secret *key,
                                          const struct fob_slot_opener *opener,
                                          size_t *number,
                                          struct fob_error *error);

#endif
