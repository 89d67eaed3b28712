/* SPDX-License-Identifier: MIT */
#include "sha1.h"

#include "wipe.h"
#include "words.h"

static uint32_t choose(uint32_t b, uint32_t c, uint32_t d)
{
    return d ^ (b & (c ^ d));
}

static uint32_t parity(uint32_t b, uint32_t c, uint32_t d)
{
    return b ^ c ^ d;
}

static uint32_t majority(uint32_t b, uint32_t c, uint32_t d)
{
    return (b & c) | (d & (b | c));
}

/* Instead of moving five variables on, the caller renames them. */
FOB_INLINE void step(uint32_t a, uint32_t *b, uint32_t *e, uint32_t fkw)
{
    *e += fob_rotl32(a, 5) + fkw;
    *b = fob_rotl32(*b, 30);
}

/* Inlined four times, each with its own `f` and `k`. */
FOB_INLINE void twenty_steps(uint32_t v[5], const uint32_t *w,
                             uint32_t (*f)(uint32_t, uint32_t, uint32_t),
                             uint32_t k)
{
    for (const uint32_t *end = w + 20; w < end; w += 5) {
        step(v[0], &v[1], &v[4], f(v[1], v[2], v[3]) + k + w[0]);
        step(v[4], &v[0], &v[3], f(v[0], v[1], v[2]) + k + w[1]);
        step(v[3], &v[4], &v[2], f(v[4], v[0], v[1]) + k + w[2]);
        step(v[2], &v[3], &v[1], f(v[3], v[4], v[0]) + k + w[3]);
        step(v[1], &v[2], &v[0], f(v[2], v[3], v[4]) + k + w[4]);
    }
}

static void expand(const union fob_digest_block *block, uint32_t w[80])
{
    for (int i = 0; i < 16; i++)
        w[i] = fob_be32(block->w32[i]);
    for (int i = 16; i < 80; i++)
        w[i] = fob_rotl32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

static void compress(union fob_digest_state *state,
                     union fob_digest_block *block)
{
    uint32_t w[80];
    uint32_t v[5];

    expand(block, w);
    for (int i = 0; i < 5; i++)
        v[i] = state->w32[i];
    twenty_steps(v, w, choose, 0x5a827999);
    twenty_steps(v, w + 20, parity, 0x6ed9eba1);
    twenty_steps(v, w + 40, majority, 0x8f1bbcdc);
    twenty_steps(v, w + 60, parity, 0xca62c1d6);
    for (int i = 0; i < 5; i++)
        state->w32[i] += v[i];
    fob_wipe(w, sizeof w);
}

const struct fob_digest_kind fob_sha1 = {
    .digest_len = FOB_SHA1_LEN,
    .block_len = 64,
    .word_len = 4,
    .iv.w32 = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0},
    .compress = compress,
};
