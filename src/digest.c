/* SPDX-License-Identifier: MIT */
#include "src/digest.h"

#include "src/wipe.h"
#include "src/words.h"

#include <string.h>

void fob_digest_init(struct fob_digest *digest,
                     const struct fob_digest_kind *kind)
{
    fob_digest_resume(digest, kind, &kind->iv, 0);
}

void fob_digest_resume(struct fob_digest *digest,
                       const struct fob_digest_kind *kind,
                       const union fob_digest_state *state, uint64_t len)
{
    digest->kind = kind;
    digest->state = *state;
    digest->len = len;
}

static size_t block_used(const struct fob_digest *digest)
{
    return (size_t)digest->len & (digest->kind->block_len - 1);
}

void fob_digest_update(struct fob_digest *digest, const void *data, size_t len)
{
    const uint8_t *from = data;

    while (len > 0) {
        size_t used = block_used(digest);
        size_t room = digest->kind->block_len - used;
        size_t part = len < room ? len : room;

        memcpy(digest->block.bytes + used, from, part);
        digest->len += part;
        from += part;
        len -= part;
        if (part == room)
            digest->kind->compress(&digest->state, &digest->block);
    }
}

/* FIPS 180-4 section 5.1: a one bit, zeros, the length in bits, which takes
 * an eighth of a block. */
static void pad_block(struct fob_digest *digest)
{
    const size_t block_len = digest->kind->block_len;
    size_t used = block_used(digest);

    digest->block.bytes[used++] = 0x80;
    memset(digest->block.bytes + used, 0, block_len - used);
    if (used > block_len - block_len / 8) {
        digest->kind->compress(&digest->state, &digest->block);
        memset(digest->block.bytes, 0, block_len);
    }
    digest->block.w64[block_len / 8 - 1] = fob_be64(digest->len << 3);
    digest->kind->compress(&digest->state, &digest->block);
}

static void put_state(const struct fob_digest *digest, uint8_t *out)
{
    const struct fob_digest_kind *kind = digest->kind;

    for (size_t i = 0; i < kind->words; i++) {
        if (kind->word_len == 4) {
            uint32_t word = fob_be32(digest->state.w32[i]);

            memcpy(out + 4 * i, &word, 4);
        } else {
            uint64_t word = fob_be64(digest->state.w64[i]);

            memcpy(out + 8 * i, &word, 8);
        }
    }
}

void fob_digest_nest(struct fob_digest *digest,
                     const union fob_digest_state *state, uint64_t len)
{
    pad_block(digest);
    put_state(digest, digest->block.bytes);
    digest->state = *state;
    digest->len = len + digest->kind->digest_len;
}

void fob_digest_final(struct fob_digest *digest, uint8_t *out)
{
    pad_block(digest);
    put_state(digest, out);
    fob_wipe(digest, sizeof(*digest));
}
