/* SPDX-License-Identifier: MIT */
#include "src/chacha20poly1305.h"

#include "src/wipe.h"

enum { TAG_LEN = FOB_POLY1305_TAG_LEN };

/* Block 0 of the key stream is the MAC's key; the text begins with block 1. */
static void start_mac(const struct fob_chacha20poly1305 *aead,
                      struct fob_chacha20 *cipher, struct fob_poly1305 *mac)
{
    uint8_t stream[FOB_CHACHA20_BLOCK_LEN];

    fob_chacha20_init(cipher, aead->key, aead->nonce, 0);
    fob_chacha20_block(cipher, stream);
    fob_poly1305_init(mac, stream);
    fob_wipe(stream, sizeof(stream));
}

static void authenticate_padded(struct fob_poly1305 *mac, const void *data,
                                size_t len)
{
    static const uint8_t zeros[TAG_LEN];

    fob_poly1305_update(mac, data, len);
    fob_poly1305_update(mac, zeros, -len % TAG_LEN);
}

static void authenticate_len(struct fob_poly1305 *mac, uint64_t len)
{
    uint8_t bytes[8];

    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (uint8_t)len;
        len >>= 8;
    }
    fob_poly1305_update(mac, bytes, sizeof(bytes));
}

static void make_tag(const struct fob_chacha20poly1305 *aead,
                     struct fob_poly1305 *mac, const uint8_t *sealed,
                     size_t len, uint8_t tag[static TAG_LEN])
{
    authenticate_padded(mac, aead->aad, aead->aad_len);
    authenticate_padded(mac, sealed, len);
    authenticate_len(mac, aead->aad_len);
    authenticate_len(mac, len);
    fob_poly1305_final(mac, tag);
}

void fob_chacha20poly1305_seal(const struct fob_chacha20poly1305 *aead,
                               const uint8_t *text, size_t len, uint8_t *sealed)
{
    struct fob_chacha20 cipher;
    struct fob_poly1305 mac;

    start_mac(aead, &cipher, &mac);
    fob_chacha20_xor(&cipher, text, sealed, len);
    make_tag(aead, &mac, sealed, len, sealed + len);
    fob_wipe(&cipher, sizeof(cipher));
}

enum fob_status
fob_chacha20poly1305_open(const struct fob_chacha20poly1305 *aead,
                          const uint8_t *sealed, size_t sealed_len,
                          uint8_t *text)
{
    enum fob_status status = FOB_OK;
    struct fob_chacha20 cipher;
    struct fob_poly1305 mac;
    uint8_t tag[TAG_LEN];
    size_t len;

    if (sealed_len < TAG_LEN)
        return FOB_E_DAMAGED;
    len = sealed_len - TAG_LEN;
    start_mac(aead, &cipher, &mac);
    make_tag(aead, &mac, sealed, len, tag);
    if (fob_equal(tag, sealed + len, TAG_LEN)) {
        fob_chacha20_xor(&cipher, sealed, text, len);
    } else {
        fob_wipe(text, len);
        status = FOB_E_DAMAGED;
    }
    fob_wipe(tag, sizeof(tag)); /* the right tag would let a forger try again */
    fob_wipe(&cipher, sizeof(cipher));
    return status;
}
