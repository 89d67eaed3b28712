/* SPDX-License-Identifier: MIT */
#include "host/import/crypt/secretstream.h"

#include "src/chacha20.h"
#include "src/poly1305.h"
#include "src/wipe.h"
#include "src/words.h"

#include <string.h>

enum {
    INPUT_LEN = 16, /* of HChaCha20; the header's other 8 bytes are a nonce */
    COUNTER_LEN = 4,
    WORD_LEN = 4,
    LAST_ROW = 12,
    BLOCK_LEN = FOB_CHACHA20_BLOCK_LEN,
    AROUND_LEN = 1 + FOB_POLY1305_TAG_LEN, /* the tag of the message, the MAC */
};

static uint32_t word_of(const uint8_t *bytes)
{
    uint32_t word;

    memcpy(&word, bytes, sizeof(word));
    return fob_le32(word);
}

/* HChaCha20 (draft-irtf-cfrg-xchacha, 2.2) is ChaCha20's block without the
 * last addition, which is taken back here; of its first and last row. */
static void derive_subkey(const uint8_t *key, const uint8_t *input,
                          uint8_t *subkey)
{
    struct fob_chacha20 cipher, before;
    uint8_t stream[BLOCK_LEN];

    fob_chacha20_init(&cipher, key, input + COUNTER_LEN, word_of(input));
    before = cipher;
    fob_chacha20_block(&cipher, stream);
    for (size_t i = 0; i < 8; i++) {
        size_t at = i < 4 ? i : LAST_ROW + i - 4;
        uint32_t word =
            fob_le32(word_of(stream + WORD_LEN * at) - before.state[at]);

        memcpy(subkey + WORD_LEN * i, &word, sizeof(word));
    }
    fob_wipe(&cipher, sizeof(cipher));
    fob_wipe(&before, sizeof(before));
    fob_wipe(stream, sizeof(stream));
}

/* The cipher of a stream's first message, whose number is 1. */
static void start_cipher(const uint8_t *key, const uint8_t *header,
                         struct fob_chacha20 *cipher)
{
    uint8_t subkey[FOB_CHACHA20_KEY_LEN];
    uint8_t nonce[FOB_CHACHA20_NONCE_LEN] = {1};

    derive_subkey(key, header, subkey);
    memcpy(nonce + COUNTER_LEN, header + INPUT_LEN,
           SECRETSTREAM_HEADER_LEN - INPUT_LEN);
    fob_chacha20_init(cipher, subkey, nonce, 0);
    fob_wipe(subkey, sizeof(subkey));
}

static void put_len(uint8_t bytes[static 8], uint64_t len)
{
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(len >> (8 * i));
}

/* Of the block that held the tag, the text and their length.  The padding is
 * that of libsodium, which counts the block as if it were subtracted. */
static void make_mac(const uint8_t *mac_key, const uint8_t *tag_block,
                     const uint8_t *text, size_t len, uint8_t *mac)
{
    static const uint8_t zeros[FOB_POLY1305_TAG_LEN];
    struct fob_poly1305 poly;
    uint8_t lens[16] = {0};

    put_len(lens + 8, BLOCK_LEN + (uint64_t)len);
    fob_poly1305_init(&poly, mac_key);
    fob_poly1305_update(&poly, tag_block, BLOCK_LEN);
    fob_poly1305_update(&poly, text, len);
    fob_poly1305_update(&poly, zeros, len % sizeof(zeros));
    fob_poly1305_update(&poly, lens, sizeof(lens));
    fob_poly1305_final(&poly, mac);
}

/* The first block of the key stream keys the MAC, the second hides the tag,
 * and the third begins the text. */
static bool decrypt(struct fob_chacha20 *cipher, struct fob_secret *sealed)
{
    uint8_t mac_key[BLOCK_LEN], tag_block[BLOCK_LEN] = {0};
    uint8_t mac[FOB_POLY1305_TAG_LEN];
    uint8_t *text = sealed->data + 1;
    size_t len = sealed->len - AROUND_LEN;
    bool is_whole;

    fob_chacha20_block(cipher, mac_key);
    fob_chacha20_block(cipher, tag_block);
    tag_block[0] = sealed->data[0];
    make_mac(mac_key, tag_block, text, len, mac);
    is_whole = fob_equal(mac, text + len, sizeof(mac));
    if (is_whole) {
        fob_chacha20_xor(cipher, text, text, len);
        memmove(sealed->data, text, len);
        fob_wipe(sealed->data + len, AROUND_LEN);
        sealed->len = len;
    }
    fob_wipe(mac_key, sizeof(mac_key));
    fob_wipe(tag_block, sizeof(tag_block));
    return is_whole;
}

enum fob_status
secretstream_open(const uint8_t key[static CIPHER_KEY_LEN],
                  const uint8_t header[static SECRETSTREAM_HEADER_LEN],
                  struct fob_secret *sealed)
{
    struct fob_chacha20 cipher;
    bool is_open = false;

    if (sealed->len >= AROUND_LEN) {
        start_cipher(key, header, &cipher);
        is_open = decrypt(&cipher, sealed);
        fob_wipe(&cipher, sizeof(cipher));
    }
    if (is_open)
        return FOB_OK;
    fob_wipe(sealed->data, sealed->len);
    sealed->len = 0;
    return FOB_E_DAMAGED;
}
