/* SPDX-License-Identifier: MIT */
/* What key slots are; docs/vault-format.md, section "key slots". */
#ifndef FOB_HOST_VAULT_SLOT_TYPES_H
#define FOB_HOST_VAULT_SLOT_TYPES_H

#include "host/base/secret.h"

enum {
    FOB_SLOTS_MAX = 8,
    FOB_SLOT_CONTENT_MAX = 1024,
    FOB_KEY_FILE_MIN = 32, /* bytes of content */
    FOB_KEY_FILE_MAX = 65536,
};

/* Types 3 to 5 are reserved: kept when met, neither made nor opened. */
enum fob_slot_type {
    FOB_SLOT_PASSPHRASE = 1,
    FOB_SLOT_KEY_FILE = 2,
    FOB_SLOT_SECRET_SERVICE = 3,
    FOB_SLOT_TPM2 = 4,
    FOB_SLOT_TOKEN = 5,
    FOB_SLOT_VACANT = 255, /* removed: the slots behind it keep their number */
};

/* scrypt (RFC 7914): N = 2^log2_n.  log2_n is at least 14, and 128 * N * r
 * at most 1 GiB.  What a reader tries is bounded closer: see slot_open. */
struct fob_slot_cost {
    uint8_t log2_n;
    uint8_t r;
    uint8_t p;
};
extern const struct fob_slot_cost fob_slot_cost_default; /* 17, 8, 1 */

/* What opens or makes a slot. */
struct fob_slot_opener {
    enum fob_slot_type type;         /* PASSPHRASE or KEY_FILE */
    const struct fob_secret *secret; /* the passphrase, or the file's content */
    /* For making, all zero being the default; for opening, a slot of this
     * cost is tried, too, however much it is. */
    struct fob_slot_cost cost;
};

/* As stored; nothing in it is secret. */
struct fob_slot {
    uint8_t type;
    uint16_t content_len;
    uint8_t content[FOB_SLOT_CONTENT_MAX];
};

/* A slot's number for people is its place, from 1 on, and stays. */
struct fob_slots {
    size_t count; /* 1 to FOB_SLOTS_MAX, with those that are vacant */
    struct fob_slot slot[FOB_SLOTS_MAX];
};

/* In a sentence, "key file"; as a word for programs, "key-file"; or
 * "unknown". */
const char *fob_slot_type_name(uint8_t type);
const char *fob_slot_type_word(uint8_t type);

/* Those that are not vacant. */
size_t fob_slots_count(const struct fob_slots *slots);

#endif
