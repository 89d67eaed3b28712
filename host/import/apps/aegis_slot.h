/* SPDX-License-Identifier: MIT */
/* Password slots of an Aegis vault: the vault's key under a password. */
#ifndef FOB_HOST_IMPORT_APPS_AEGIS_SLOT_H
#define FOB_HOST_IMPORT_APPS_AEGIS_SLOT_H

#include "host/import/crypt/cipher.h"
#include "host/import/crypt/kdf.h"
#include "src/span.h"

enum {
    AEGIS_NONCE_LEN = 12,
    AEGIS_SALT_MAX = 64,
    AEGIS_SLOTS_MAX = 16,
};

/* What AES-256-GCM needs besides the key. */
struct aegis_params {
    uint8_t nonce[AEGIS_NONCE_LEN];
    uint8_t tag[CIPHER_TAG_LEN];
};

struct aegis_slot {
    struct kdf_scrypt_costs costs;
    uint8_t salt[AEGIS_SALT_MAX];
    size_t salt_len;
    uint8_t key[CIPHER_KEY_LEN]; /* encrypted */
    struct aegis_params params;
};

struct aegis_slots {
    size_t count;
    struct aegis_slot slot[AEGIS_SLOTS_MAX];
};

/* The password slots in a header's `slots`, a value of fob_json_view_open;
 * slots of other types are passed over.  FOB_E_SYNTAX; FOB_E_TOO_LONG for more
 * than AEGIS_SLOTS_MAX; FOB_E_UNSUPPORTED for costs out of reason: 256 MiB of
 * memory, or eight times the work of Aegis's own; of all slots, sixteen times.
 */
FOB_MUST_CHECK enum fob_status aegis_slot_read_all(struct fob_span value,
                                                   struct aegis_slots *slots);

/* AES-256-GCM, as cipher_gcm_open. */
FOB_MUST_CHECK enum fob_status
aegis_params_open(const uint8_t key[static CIPHER_KEY_LEN],
                  const struct aegis_params *params, struct fob_secret *sealed);

/* An object of a nonce and a tag; FOB_E_SYNTAX. */
FOB_MUST_CHECK enum fob_status aegis_slot_params(struct fob_span value,
                                                 struct aegis_params *params);

/* The vault's key into the empty `key`.  FOB_E_WRONG_KEY, FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status
aegis_slot_open(const struct aegis_slot *slot,
                const struct fob_secret *password, struct fob_secret *key);

#endif
