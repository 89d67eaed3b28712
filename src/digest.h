/* SPDX-License-Identifier: MIT */
/*
 * Hashing of a message in pieces, FIPS 180-4; the hashes themselves are
 * sha1.h, sha256.h and sha512.h.  The caller owns the context and may copy
 * it to fork a hash.
 */
#ifndef FOB_SRC_DIGEST_H
#define FOB_SRC_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum {
    FOB_DIGEST_MAX = 64, /* bytes of the longest digest */
    FOB_BLOCK_MAX = 128, /* bytes of the longest block */
};

union fob_digest_state {
    uint32_t w32[8];
    uint64_t w64[8];
};

union fob_digest_block {
    uint8_t bytes[FOB_BLOCK_MAX];
    uint32_t w32[FOB_BLOCK_MAX / 4];
    uint64_t w64[FOB_BLOCK_MAX / 8];
};

/* What tells one hash from another. */
struct fob_digest_kind {
    size_t digest_len;
    size_t block_len;
    size_t word_len; /* bytes: 4 or 8 */
    size_t words;    /* in a digest */
    union fob_digest_state iv;
    /* Takes block_len bytes and may leave anything in the whole block, which
     * has room for a schedule and is wiped with the context. */
    void (*compress)(union fob_digest_state *state,
                     union fob_digest_block *block);
};

struct fob_digest {
    const struct fob_digest_kind *kind;
    union fob_digest_state state;
    uint64_t len; /* bytes taken so far; below 2^61 */
    union fob_digest_block block;
};

void fob_digest_init(struct fob_digest *digest,
                     const struct fob_digest_kind *kind);

/* Go on from `state`, reached after `len` bytes, a multiple of a block. */
void fob_digest_resume(struct fob_digest *digest,
                       const struct fob_digest_kind *kind,
                       const union fob_digest_state *state, uint64_t len);

void fob_digest_update(struct fob_digest *digest, const void *data, size_t len);

/* End the message and begin another: as fob_digest_resume, and with the
 * digest of the first as the first data. */
void fob_digest_nest(struct fob_digest *digest,
                     const union fob_digest_state *state, uint64_t len);

/* Write digest_len bytes to `out` and wipe the context. */
void fob_digest_final(struct fob_digest *digest, uint8_t *out);

#endif
