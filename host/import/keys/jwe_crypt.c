/* SPDX-License-Identifier: MIT */
#include "host/import/keys/jwe_crypt.h"

#include "src/hmac.h"
#include "src/sha256.h"
#include "src/wipe.h"

#include <limits.h>
#include <openssl/evp.h>
#include <string.h>

void jwe_crypt_derive(const struct fob_jwe *jwe,
                      const struct fob_secret *password, bool is_odd,
                      uint8_t wrapper[static JWE_WRAPPER_LEN])
{
    static const uint8_t first[] = {0, 0, 0, 1};
    const void *text = password->data != NULL ? password->data : first;
    struct fob_hmac_key key, start;
    struct fob_digest digest;
    uint8_t round[FOB_SHA256_LEN], sum[FOB_SHA256_LEN];

    fob_hmac_key_init(&key, &fob_sha256, text, password->len);
    start = key;
    if (is_odd)
        start.inner = key.outer;
    fob_hmac_init(&digest, &start);
    fob_digest_update(&digest, jwe->salt, jwe->salt_len);
    fob_digest_update(&digest, first, sizeof(first));
    fob_hmac_final(&digest, &start, round);
    memcpy(sum, round, sizeof(sum));
    for (uint32_t i = 1; i < jwe->rounds; i++) {
        fob_hmac(&key, round, sizeof(round), round);
        for (size_t j = 0; j < sizeof(sum); j++)
            sum[j] ^= round[j];
    }
    memcpy(wrapper, sum, JWE_WRAPPER_LEN);
    fob_hmac_key_clear(&key);
    fob_hmac_key_clear(&start);
    fob_wipe(round, sizeof(round));
    fob_wipe(sum, sizeof(sum));
}

enum fob_status jwe_crypt_unwrap(const struct fob_jwe *jwe,
                                 const uint8_t wrapper[static JWE_WRAPPER_LEN],
                                 uint8_t key[static FOB_JWE_KEY_LEN])
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t room[FOB_JWE_WRAPPED_LEN];
    int len = 0;
    bool is_open;

    if (context != NULL)
        EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    is_open = context != NULL &&
              EVP_DecryptInit_ex(context, EVP_aes_128_wrap(), NULL, wrapper,
                                 NULL) == 1 &&
              EVP_DecryptUpdate(context, room, &len, jwe->wrapped,
                                FOB_JWE_WRAPPED_LEN) == 1 &&
              len == FOB_JWE_KEY_LEN;
    EVP_CIPHER_CTX_free(context);
    memset(key, 0, FOB_JWE_KEY_LEN);
    if (is_open)
        memcpy(key, room, FOB_JWE_KEY_LEN);
    fob_wipe(room, sizeof(room));
    return is_open ? FOB_OK : FOB_E_WRONG_KEY;
}

static bool decrypt(const struct fob_jwe *jwe, const uint8_t *key,
                    struct fob_secret *plain)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t tag[FOB_JWE_TAG_LEN];
    int len = 0, rest = 0;
    bool is_good;

    memcpy(tag, jwe->tag, sizeof(tag));
    is_good =
        context != NULL &&
        EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, jwe->nonce) ==
            1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, FOB_JWE_TAG_LEN,
                            tag) == 1 &&
        EVP_DecryptUpdate(context, NULL, &len, (const uint8_t *)jwe->header.at,
                          (int)jwe->header.len) == 1 &&
        EVP_DecryptUpdate(context, plain->data, &len, jwe->sealed.data,
                          (int)jwe->sealed.len) == 1 &&
        EVP_DecryptFinal_ex(context, plain->data + len, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    plain->len = is_good ? (size_t)(len + rest) : 0;
    return is_good;
}

enum fob_status jwe_crypt_open(const struct fob_jwe *jwe,
                               const uint8_t key[static FOB_JWE_KEY_LEN],
                               struct fob_secret *plain)
{
    if (jwe->sealed.len > INT_MAX || jwe->header.len > INT_MAX)
        return FOB_E_DAMAGED;
    if (fob_secret_alloc(plain, jwe->sealed.len) != FOB_OK)
        return FOB_E_NO_MEMORY;
    if (decrypt(jwe, key, plain))
        return FOB_OK;
    fob_secret_free(plain);
    return FOB_E_DAMAGED;
}
