/* SPDX-License-Identifier: MIT */
/* Password slots of an Aegis vault: the vault's key under a password. */
#ifndef FOB_HOST_IMPORT_AEGIS_SLOT_H
#define FOB_HOST_IMPORT_AEGIS_SLOT_H

#include "host/base/secret.h"
#include "src/span.h"

enum {
    AEGIS_KEY_LEN = 32,
    AEGIS_NONCE_LEN = 12,
    AEGIS_TAG_LEN = 16,
    AEGIS_SALT_MAX = 64,
    AEGIS_SLOTS_MAX = 16,
};

/* What AES-256-GCM needs besides the key. */
struct aegis_params {
    uint8_t nonce[AEGIS_NONCE_LEN];
    uint8_t tag[AEGIS_TAG_LEN];
};

struct aegis_slot {
    uint64_t n; /* scrypt's costs, RFC 7914 */
    uint64_t r;
    uint64_t p;
    uint8_t salt[AEGIS_SALT_MAX];
    size_t salt_len;
    uint8_t key[AEGIS_KEY_LEN]; /* encrypted */
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

/* An object of a nonce and a tag; FOB_E_SYNTAX. */
FOB_MUST_CHECK enum fob_status aegis_slot_params(struct fob_span value,
                                                 struct aegis_params *params);

/* The vault's key into the empty `key`.  FOB_E_WRONG_KEY, FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status
aegis_slot_open(const struct aegis_slot *slot,
                const struct fob_secret *password, struct fob_secret *key);

#endif
