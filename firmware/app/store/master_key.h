/* SPDX-License-Identifier: MIT */
/*
 * The master key at rest: plain, or wrapped by a key that the host derives
 * from a passphrase.  A wrong key costs one of eight tries, which is counted
 * and written before anything is compared.
 */
#ifndef FOB_FIRMWARE_APP_STORE_MASTER_KEY_H
#define FOB_FIRMWARE_APP_STORE_MASTER_KEY_H

#include "firmware/app/store/store.h"

enum {
    WRAPPING_KEY_LEN = 32, /* bytes of the host's key */
    MASTER_KEY_TRIES_MAX = 8,
};

/* Make a new id and master key, plain, and open the store.  Without random
 * numbers or flash to write it stays as it was, locked. */
void master_key_create(struct store *store);

/* Take the stored key record in; opens the store when the key is plain. */
void master_key_load(struct store *store);

unsigned master_key_tries_left(const struct store *store);

/* Open the store.  FOB_E_NOT_FOUND: no passphrase is set;
 * FOB_E_TOKEN_BLOCKED: no tries left; FOB_E_WRONG_KEY; FOB_E_IO. */
FOB_MUST_CHECK enum fob_status
master_key_open(struct store *store,
                const uint8_t key[static WRAPPING_KEY_LEN]);

/* Wrap the master key of an open store anew, and destroy its old record.
 * `kdf` is for the host, at most STORE_KDF_MAX bytes. */
FOB_MUST_CHECK enum fob_status
master_key_set(struct store *store, const uint8_t *kdf, size_t kdf_len,
               const uint8_t key[static WRAPPING_KEY_LEN]);

/* Keep the master key of an open store plain from now on. */
FOB_MUST_CHECK enum fob_status master_key_clear(struct store *store);

#endif
