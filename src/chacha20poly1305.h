/* SPDX-License-Identifier: MIT */
/* AEAD_CHACHA20_POLY1305, RFC 8439 section 2.8. */
#ifndef FOB_SRC_CHACHA20POLY1305_H
#define FOB_SRC_CHACHA20POLY1305_H

#include "src/chacha20.h"
#include "src/poly1305.h"
#include "src/status.h"

/* What both sides must agree on; all of it is the caller's. */
struct fob_chacha20poly1305 {
    const uint8_t *key;   /* FOB_CHACHA20_KEY_LEN bytes */
    const uint8_t *nonce; /* FOB_CHACHA20_NONCE_LEN bytes, never used twice */
    const void *aad;      /* authenticated, not encrypted */
    size_t aad_len;
};

/* Write len + FOB_POLY1305_TAG_LEN bytes to `sealed`, the tag last.  `text`
 * and `sealed` are the same or apart; `len` is below 2^38. */
void fob_chacha20poly1305_seal(const struct fob_chacha20poly1305 *aead,
                               const uint8_t *text, size_t len,
                               uint8_t *sealed);

/* Check the tag, then write `sealed_len` - FOB_POLY1305_TAG_LEN bytes to
 * `text`, the same as `sealed` or apart.  FOB_E_DAMAGED when it was not
 * sealed in just this way; `text` is then wiped. */
FOB_MUST_CHECK enum fob_status
fob_chacha20poly1305_open(const struct fob_chacha20poly1305 *aead,
                          const uint8_t *sealed, size_t sealed_len,
                          uint8_t *text);

#endif
