/* SPDX-License-Identifier: MIT */
#include "src/sha1.h"

#include "src/words.h"

enum { WINDOW = 20 };

/* The five variables, and a window of the schedule: 20 words serve 20 steps,
 * after which both have come round and every name stands for itself again.
 * Written out in full, because indices known to the compiler are what makes
 * a code on the desktop cheaper than in the libraries it is measured by. */
struct work {
    uint32_t v[5];
    uint32_t *w;
};

typedef uint32_t word_function(uint32_t *w, unsigned i);
typedef uint32_t mix_function(uint32_t b, uint32_t c, uint32_t d);

/* FIPS 180-4 section 4.1.1; each is the fastest of several equal forms. */
static uint32_t sha1_choose(uint32_t b, uint32_t c, uint32_t d)
{
    return d ^ (b & (c ^ d));
}

static uint32_t sha1_parity(uint32_t b, uint32_t c, uint32_t d)
{
    return b ^ c ^ d;
}

static uint32_t sha1_majority(uint32_t b, uint32_t c, uint32_t d)
{
    return (b & c) + (d & (b ^ c));
}

/* Word i of the next twenty, in the place of word i of the last. */
FOB_INLINE uint32_t next_word(uint32_t *w, unsigned i)
{
    w[i] = fob_rotl32(w[(i + 4) % WINDOW] ^ w[(i + 6) % WINDOW] ^
                          w[(i + 12) % WINDOW] ^ w[(i + 17) % WINDOW],
                      1);
    return w[i];
}

/* The first sixteen are the block. */
FOB_INLINE uint32_t first_word(uint32_t *w, unsigned i)
{
    if (i >= 16)
        return next_word(w, i);
    w[i] = fob_be32(w[i]);
    return w[i];
}

/* Instead of moving five variables on, the caller names them anew. */
FOB_INLINE void step(uint32_t a, uint32_t *b, uint32_t *e, uint32_t kwf)
{
    *e += fob_rotl32(a, 5) + kwf;
    *b = fob_rotl32(*b, 30);
}

FOB_INLINE void five_steps(struct work *work, unsigned i, word_function *word,
                           mix_function *f, uint32_t k)
{
    uint32_t *v = work->v;
    uint32_t *w = work->w;

    step(v[0], &v[1], &v[4], k + word(w, i) + f(v[1], v[2], v[3]));
    step(v[4], &v[0], &v[3], k + word(w, i + 1) + f(v[0], v[1], v[2]));
    step(v[3], &v[4], &v[2], k + word(w, i + 2) + f(v[4], v[0], v[1]));
    step(v[2], &v[3], &v[1], k + word(w, i + 3) + f(v[3], v[4], v[0]));
    step(v[1], &v[2], &v[0], k + word(w, i + 4) + f(v[2], v[3], v[4]));
}

FOB_INLINE void twenty_steps(struct work *work, word_function *word,
                             mix_function *f, uint32_t k)
{
    five_steps(work, 0, word, f, k);
    five_steps(work, 5, word, f, k);
    five_steps(work, 10, word, f, k);
    five_steps(work, 15, word, f, k);
}

static void compress_block(union fob_digest_state *state,
                           union fob_digest_block *block)
{
    uint32_t *s = state->w32;
    struct work work = {{s[0], s[1], s[2], s[3], s[4]}, block->w32};

    twenty_steps(&work, first_word, sha1_choose, 0x5a827999);
    twenty_steps(&work, next_word, sha1_parity, 0x6ed9eba1);
    twenty_steps(&work, next_word, sha1_majority, 0x8f1bbcdc);
    twenty_steps(&work, next_word, sha1_parity, 0xca62c1d6);
    for (int i = 0; i < 5; i++)
        state->w32[i] += work.v[i];
}

const struct fob_digest_kind fob_sha1 = {
    .digest_len = FOB_SHA1_LEN,
    .block_len = 64,
    .word_len = 4,
    .words = 5,
    .iv.w32 = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0},
    .compress = compress_block,
};
