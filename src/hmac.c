/* SPDX-License-Identifier: MIT */
#include "src/hmac.h"

#include "src/wipe.h"

#include <string.h>

static const uint64_t inner_pad = 0x3636363636363636;
static const uint64_t outer_pad = 0x5c5c5c5c5c5c5c5c;

/* The state after the one block that holds the padded secret. */
static void absorb_secret(const struct fob_digest_kind *kind,
                          const uint8_t *secret, size_t len, uint64_t pad,
                          union fob_digest_state *state)
{
    union fob_digest_block block;

    if (len > 0) /* there may be no memory at all behind no secret */
        memcpy(block.bytes, secret, len);
    memset(block.bytes + len, 0, kind->block_len - len);
    for (size_t i = 0; i < kind->block_len / sizeof(pad); i++)
        block.w64[i] ^= pad;
    *state = kind->iv;
    kind->compress(state, &block);
    fob_wipe(&block, sizeof(block));
}

void fob_hmac_key_init(struct fob_hmac_key *key,
                       const struct fob_digest_kind *kind, const void *secret,
                       size_t len)
{
    uint8_t hashed[FOB_DIGEST_MAX];

    if (len > kind->block_len) { /* RFC 2104 section 2 */
        struct fob_digest digest;

        fob_digest_init(&digest, kind);
        fob_digest_update(&digest, secret, len);
        fob_digest_final(&digest, hashed);
        secret = hashed;
        len = kind->digest_len;
    }
    key->kind = kind;
    absorb_secret(kind, secret, len, inner_pad, &key->inner);
    absorb_secret(kind, secret, len, outer_pad, &key->outer);
    if (secret == hashed)
        fob_wipe(hashed, sizeof(hashed));
}

void fob_hmac_key_clear(struct fob_hmac_key *key)
{
    fob_wipe(key, sizeof(*key));
}

void fob_hmac_init(struct fob_digest *digest, const struct fob_hmac_key *key)
{
    fob_digest_resume(digest, key->kind, &key->inner, key->kind->block_len);
}

void fob_hmac_final(struct fob_digest *digest, const struct fob_hmac_key *key,
                    uint8_t *mac)
{
    fob_digest_nest(digest, &key->outer, key->kind->block_len);
    fob_digest_final(digest, mac);
}

void fob_hmac(const struct fob_hmac_key *key, const void *data, size_t len,
              uint8_t *mac)
{
    struct fob_digest digest;

    fob_hmac_init(&digest, key);
    fob_digest_update(&digest, data, len);
    fob_hmac_final(&digest, key, mac);
}
