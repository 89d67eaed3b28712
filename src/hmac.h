/* SPDX-License-Identifier: MIT */
/*
 * HMAC (RFC 2104) with the key's share of the work done once: a prepared key
 * keeps the two states after the padded key, so that each MAC over it costs
 * two compressions less.
 */
#ifndef FOB_SRC_HMAC_H
#define FOB_SRC_HMAC_H

#include "src/digest.h"

struct fob_hmac_key {
    const struct fob_digest_kind *kind;
    union fob_digest_state inner;
    union fob_digest_state outer;
};

/* Prepare `key` from `len` bytes of `secret`, of any length.  As secret as
 * these: wipe it with fob_hmac_key_clear. */
void fob_hmac_key_init(struct fob_hmac_key *key,
                       const struct fob_digest_kind *kind, const void *secret,
                       size_t len);

void fob_hmac_key_clear(struct fob_hmac_key *key);

/* Write the MAC of one message, kind->digest_len bytes. */
void fob_hmac(const struct fob_hmac_key *key, const void *data, size_t len,
              uint8_t *mac);

/* The same for a message in pieces: init, then fob_digest_update for each,
 * then final, which wipes `digest`. */
void fob_hmac_init(struct fob_digest *digest, const struct fob_hmac_key *key);
void fob_hmac_final(struct fob_digest *digest, const struct fob_hmac_key *key,
                    uint8_t *mac);

#endif
