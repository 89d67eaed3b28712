/* SPDX-License-Identifier: MIT */
/* YKOATH's access key ("code"): who does not know it may not use accounts. */
#ifndef FOB_FIRMWARE_APP_STORE_ACCESS_H
#define FOB_FIRMWARE_APP_STORE_ACCESS_H

#include "firmware/app/store/store.h"
#include "src/hmac.h"

enum { ACCESS_KEY_MIN = 14, ACCESS_KEY_MAX = 64 };

bool access_is_set(const struct store *store);

/* Prepare the key.  FOB_E_NOT_FOUND when none is set, FOB_E_LOCKED,
 * FOB_E_DAMAGED; `key` is then all zero. */
FOB_MUST_CHECK enum fob_status access_key(const struct store *store,
                                          struct fob_hmac_key *key);

/* The byte that the client named its hash by; the same errors. */
FOB_MUST_CHECK enum fob_status access_algorithm(const struct store *store,
                                                uint8_t *algorithm);

/* Prepare a key from SET CODE's form, an algorithm byte and the key.
 * FOB_E_SYNTAX for an unknown hash or a length out of range. */
FOB_MUST_CHECK enum fob_status access_prepare(const uint8_t *data, size_t len,
                                              struct fob_hmac_key *key);

/* Store the same form, which access_prepare has passed, sealed. */
FOB_MUST_CHECK enum fob_status access_set(struct store *store,
                                          const uint8_t *data, size_t len);

void access_clear(struct store *store);

#endif
