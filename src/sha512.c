/* SPDX-License-Identifier: MIT */
#include "src/sha512.h"

#include "src/wipe.h"
#include "src/words.h"

enum { ROUNDS = 80 };

static const uint64_t round_k[ROUNDS] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f,
    0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
    0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242,
    0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
    0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275,
    0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f,
    0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc,
    0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6,
    0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99,
    0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
    0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc,
    0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915,
    0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
    0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba,
    0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
    0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

/* The sigmas of FIPS 180-4 section 4.1.3; rotations are nested, which saves
 * registers and copies on a two-operand machine. */
FOB_INLINE uint64_t big_sigma0(uint64_t x)
{
    return fob_rotr64(fob_rotr64(fob_rotr64(x, 5) ^ x, 6) ^ x, 28);
}

FOB_INLINE uint64_t big_sigma1(uint64_t x)
{
    return fob_rotr64(fob_rotr64(fob_rotr64(x, 23) ^ x, 4) ^ x, 14);
}

FOB_INLINE uint64_t small_sigma0(uint64_t x)
{
    return fob_rotr64(x, 1) ^ fob_rotr64(x, 8) ^ x >> 7;
}

FOB_INLINE uint64_t small_sigma1(uint64_t x)
{
    return fob_rotr64(x, 19) ^ fob_rotr64(x, 61) ^ x >> 6;
}

FOB_INLINE uint64_t choose(uint64_t e, uint64_t f, uint64_t g)
{
    return g ^ (e & (f ^ g));
}

FOB_INLINE uint64_t majority(uint64_t a, uint64_t b, uint64_t c)
{
    return (a & b) | (c & (a | b));
}

/*
 * The eight variables are two sequences, a and e, of which each round makes
 * the next member from the last four: a[i] and e[i] hold the oldest and take
 * the newest, so that four rounds bring every name back to its place.
 */
FOB_INLINE void step(uint64_t a[4], uint64_t e[4], unsigned i, uint64_t kw)
{
    unsigned last = (i + 3) % 4;
    unsigned second = (i + 2) % 4;
    unsigned third = (i + 1) % 4;
    uint64_t t =
        e[i] + big_sigma1(e[last]) + choose(e[last], e[second], e[third]) + kw;

    e[i] = a[i] + t;
    a[i] = t + big_sigma0(a[last]) + majority(a[last], a[second], a[third]);
}

static void expand_block(const union fob_digest_block *block,
                         uint64_t w[ROUNDS])
{
    for (int i = 0; i < 16; i++)
        w[i] = fob_be64(block->w64[i]);
    for (int i = 16; i < ROUNDS; i++)
        w[i] = w[i - 16] + small_sigma0(w[i - 15]) + w[i - 7] +
               small_sigma1(w[i - 2]);
}

static void compress_block(union fob_digest_state *state,
                           union fob_digest_block *block)
{
    uint64_t w[ROUNDS];
    uint64_t a[4];
    uint64_t e[4];

    expand_block(block, w);
    for (int i = 0; i < 4; i++) {
        a[i] = state->w64[3 - i];
        e[i] = state->w64[7 - i];
    }
    for (int i = 0; i < ROUNDS; i += 4) {
        step(a, e, 0, round_k[i] + w[i]);
        step(a, e, 1, round_k[i + 1] + w[i + 1]);
        step(a, e, 2, round_k[i + 2] + w[i + 2]);
        step(a, e, 3, round_k[i + 3] + w[i + 3]);
    }
    for (int i = 0; i < 4; i++) {
        state->w64[3 - i] += a[i];
        state->w64[7 - i] += e[i];
    }
    fob_wipe(w, sizeof(w));
}

const struct fob_digest_kind fob_sha512 = {
    .digest_len = FOB_SHA512_LEN,
    .block_len = 128,
    .word_len = 8,
    .words = 8,
    .iv.w64 =
        {
            0x6a09e667f3bcc908,
            0xbb67ae8584caa73b,
            0x3c6ef372fe94f82b,
            0xa54ff53a5f1d36f1,
            0x510e527fade682d1,
            0x9b05688c2b3e6c1f,
            0x1f83d9abfb41bd6b,
            0x5be0cd19137e2179,
        },
    .compress = compress_block,
};
