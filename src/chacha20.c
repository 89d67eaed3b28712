/* SPDX-License-Identifier: MIT */
#include "src/chacha20.h"

#include "src/wipe.h"
#include "src/words.h"

#include <string.h>

enum { COUNTER = 12 };

static void load_words(uint32_t *words, const uint8_t *bytes, size_t count)
{
    memcpy(words, bytes, count * sizeof(*words));
    for (size_t i = 0; i < count; i++)
        words[i] = fob_le32(words[i]);
}

void fob_chacha20_init(struct fob_chacha20 *cipher,
                       const uint8_t key[static FOB_CHACHA20_KEY_LEN],
                       const uint8_t nonce[static FOB_CHACHA20_NONCE_LEN],
                       uint32_t counter)
{
    static const uint8_t constant[] = "expand 32-byte k";

    load_words(cipher->state, constant, 4);
    load_words(cipher->state + 4, key, 8);
    cipher->state[COUNTER] = counter;
    load_words(cipher->state + COUNTER + 1, nonce, 3);
}

FOB_INLINE void quarter_round(uint32_t *a, uint32_t *b, uint32_t *c,
                              uint32_t *d)
{
    *a += *b;
    *d = fob_rotl32(*d ^ *a, 16);
    *c += *d;
    *b = fob_rotl32(*b ^ *c, 12);
    *a += *b;
    *d = fob_rotl32(*d ^ *a, 8);
    *c += *d;
    *b = fob_rotl32(*b ^ *c, 7);
}

static void double_round(uint32_t x[16])
{
    quarter_round(&x[0], &x[4], &x[8], &x[12]);
    quarter_round(&x[1], &x[5], &x[9], &x[13]);
    quarter_round(&x[2], &x[6], &x[10], &x[14]);
    quarter_round(&x[3], &x[7], &x[11], &x[15]);
    quarter_round(&x[0], &x[5], &x[10], &x[15]);
    quarter_round(&x[1], &x[6], &x[11], &x[12]);
    quarter_round(&x[2], &x[7], &x[8], &x[13]);
    quarter_round(&x[3], &x[4], &x[9], &x[14]);
}

void fob_chacha20_block(struct fob_chacha20 *cipher,
                        uint8_t stream[static FOB_CHACHA20_BLOCK_LEN])
{
    uint32_t x[16];

    memcpy(x, cipher->state, sizeof(x));
    for (int i = 0; i < 10; i++)
        double_round(x);
    for (int i = 0; i < 16; i++)
        x[i] = fob_le32(x[i] + cipher->state[i]);
    cipher->state[COUNTER]++;
    memcpy(stream, x, sizeof(x));
    fob_wipe(x, sizeof(x));
}

void fob_chacha20_xor(struct fob_chacha20 *cipher, const uint8_t *in,
                      uint8_t *out, size_t len)
{
    uint8_t stream[FOB_CHACHA20_BLOCK_LEN];

    while (len > 0) {
        size_t part = len < sizeof(stream) ? len : sizeof(stream);

        fob_chacha20_block(cipher, stream);
        for (size_t i = 0; i < part; i++)
            out[i] = in[i] ^ stream[i];
        in += part;
        out += part;
        len -= part;
    }
    fob_wipe(stream, sizeof(stream));
}
