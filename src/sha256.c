/* SPDX-License-Identifier: MIT */
#include "src/sha256.h"

#include "src/wipe.h"
#include "src/words.h"

enum { ROUNDS = 64 };

static const uint32_t round_k[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* The sigmas of FIPS 180-4 section 4.1.2; rotations are nested, which saves
 * registers and copies on a two-operand machine. */
FOB_INLINE uint32_t big_sigma0(uint32_t x)
{
    return fob_rotr32(fob_rotr32(fob_rotr32(x, 9) ^ x, 11) ^ x, 2);
}

FOB_INLINE uint32_t big_sigma1(uint32_t x)
{
    return fob_rotr32(fob_rotr32(fob_rotr32(x, 14) ^ x, 5) ^ x, 6);
}

FOB_INLINE uint32_t small_sigma0(uint32_t x)
{
    return fob_rotr32(x, 7) ^ fob_rotr32(x, 18) ^ x >> 3;
}

FOB_INLINE uint32_t small_sigma1(uint32_t x)
{
    return fob_rotr32(x, 17) ^ fob_rotr32(x, 19) ^ x >> 10;
}

FOB_INLINE uint32_t choose(uint32_t e, uint32_t f, uint32_t g)
{
    return g ^ (e & (f ^ g));
}

FOB_INLINE uint32_t majority(uint32_t a, uint32_t b, uint32_t c)
{
    return (a & b) | (c & (a | b));
}

/*
 * The eight variables are two sequences, a and e, of which each round makes
 * the next member from the last four: a[i] and e[i] hold the oldest and take
 * the newest, so that four rounds bring every name back to its place.
 */
FOB_INLINE void step(uint32_t a[4], uint32_t e[4], unsigned i, uint32_t kw)
{
    unsigned last = (i + 3) % 4;
    unsigned second = (i + 2) % 4;
    unsigned third = (i + 1) % 4;
    uint32_t t =
        e[i] + big_sigma1(e[last]) + choose(e[last], e[second], e[third]) + kw;

    e[i] = a[i] + t;
    a[i] = t + big_sigma0(a[last]) + majority(a[last], a[second], a[third]);
}

static void expand_block(const union fob_digest_block *block,
                         uint32_t w[ROUNDS])
{
    for (int i = 0; i < 16; i++)
        w[i] = fob_be32(block->w32[i]);
    for (int i = 16; i < ROUNDS; i++)
        w[i] = w[i - 16] + small_sigma0(w[i - 15]) + w[i - 7] +
               small_sigma1(w[i - 2]);
}

static void compress_block(union fob_digest_state *state,
                           union fob_digest_block *block)
{
    uint32_t w[ROUNDS];
    uint32_t a[4];
    uint32_t e[4];

    expand_block(block, w);
    for (int i = 0; i < 4; i++) {
        a[i] = state->w32[3 - i];
        e[i] = state->w32[7 - i];
    }
    for (int i = 0; i < ROUNDS; i += 4) {
        step(a, e, 0, round_k[i] + w[i]);
        step(a, e, 1, round_k[i + 1] + w[i + 1]);
        step(a, e, 2, round_k[i + 2] + w[i + 2]);
        step(a, e, 3, round_k[i + 3] + w[i + 3]);
    }
    for (int i = 0; i < 4; i++) {
        state->w32[3 - i] += a[i];
        state->w32[7 - i] += e[i];
    }
    fob_wipe(w, sizeof(w));
}

const struct fob_digest_kind fob_sha256 = {
    .digest_len = FOB_SHA256_LEN,
    .block_len = 64,
    .word_len = 4,
    .words = 8,
    .iv.w32 =
        {
            0x6a09e667,
            0xbb67ae85,
            0x3c6ef372,
            0xa54ff53a,
            0x510e527f,
            0x9b05688c,
            0x1f83d9ab,
            0x5be0cd19,
        },
    .compress = compress_block,
};
