/* SPDX-License-Identifier: MIT */
/* ChaCha20, RFC 8439 section 2.4. */
#ifndef FOB_SRC_CHACHA20_H
#define FOB_SRC_CHACHA20_H

#include <stddef.h>
#include <stdint.h>

enum {
    FOB_CHACHA20_KEY_LEN = 32,
    FOB_CHACHA20_NONCE_LEN = 12,
    FOB_CHACHA20_BLOCK_LEN = 64,
};

struct fob_chacha20 {
    uint32_t state[16];
};

/* Start at block `counter`.  As secret as the key: wipe it in the end. */
void fob_chacha20_init(struct fob_chacha20 *cipher,
                       const uint8_t key[static FOB_CHACHA20_KEY_LEN],
                       const uint8_t nonce[static FOB_CHACHA20_NONCE_LEN],
                       uint32_t counter);

/* The next block of the key stream. */
void fob_chacha20_block(struct fob_chacha20 *cipher,
                        uint8_t stream[static FOB_CHACHA20_BLOCK_LEN]);

/* Encrypt or decrypt; `in` and `out` are the same or apart.  Only the last
 * call may have a `len` that is no multiple of a block. */
void fob_chacha20_xor(struct fob_chacha20 *cipher, const uint8_t *in,
                      uint8_t *out, size_t len);

#endif
