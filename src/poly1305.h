/* SPDX-License-Identifier: MIT */
/* Poly1305, RFC 8439 section 2.5: a MAC whose key serves one message. */
#ifndef FOB_SRC_POLY1305_H
#define FOB_SRC_POLY1305_H

#include <stddef.h>
#include <stdint.h>

enum {
    FOB_POLY1305_KEY_LEN = 32,
    FOB_POLY1305_TAG_LEN = 16,
    FOB_POLY1305_LIMBS = 10,
};

/* Numbers are ten limbs of 13 bits, so that a sum of products fits 32 bits:
 * a Cortex-M0+ multiplies 32 by 32 bits to 32 and no further. */
struct fob_poly1305 {
    uint32_t sum[FOB_POLY1305_LIMBS];
    uint32_t factor[2 * FOB_POLY1305_LIMBS - 1];
    uint32_t product[FOB_POLY1305_LIMBS];
    uint8_t last[FOB_POLY1305_TAG_LEN]; /* the key's second half */
    uint8_t block[FOB_POLY1305_TAG_LEN];
    size_t block_len;
};

void fob_poly1305_init(struct fob_poly1305 *mac,
                       const uint8_t key[static FOB_POLY1305_KEY_LEN]);
void fob_poly1305_update(struct fob_poly1305 *mac, const void *data,
                         size_t len);

/* Write the tag and wipe the context. */
void fob_poly1305_final(struct fob_poly1305 *mac,
                        uint8_t tag[static FOB_POLY1305_TAG_LEN]);

#endif
