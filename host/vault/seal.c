/* SPDX-License-Identifier: MIT */
#include "host/vault/seal.h"

#include "src/wipe.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <string.h>

/* scrypt's own limit; slots.c has refused more by then. */
static const uint64_t scrypt_memory_max = (1ULL << 30) + (1ULL << 26);

static const uint8_t nonce[12];

enum fob_status fob_seal_random(void *data, size_t len)
{
    return len <= INT_MAX && RAND_priv_bytes(data, (int)len) == 1
               ? FOB_OK
               : FOB_E_FAILED;
}

/* OSSL_PARAM was made before const; a KDF only reads what it is set to. */
static OSSL_PARAM seal_param(const char *name, const void *data, size_t len)
{
    return OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)data,
                                             len);
}

enum fob_status fob_seal_hkdf(struct fob_seal_bytes secret,
                              struct fob_seal_bytes salt, const char *info,
                              uint8_t key[static FOB_SEAL_KEY_LEN])
{
    char digest[] = "SHA256";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        seal_param(OSSL_KDF_PARAM_KEY, secret.data, secret.len),
        seal_param(OSSL_KDF_PARAM_SALT, salt.data, salt.len),
        seal_param(OSSL_KDF_PARAM_INFO, info, strlen(info)),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = kdf != NULL ? EVP_KDF_CTX_new(kdf) : NULL;
    int done = context != NULL
                   ? EVP_KDF_derive(context, key, FOB_SEAL_KEY_LEN, params)
                   : 0;

    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return done == 1 ? FOB_OK : FOB_E_FAILED;
}

enum fob_status fob_seal_scrypt(struct fob_seal_bytes passphrase,
                                struct fob_seal_bytes salt, unsigned log2_n,
                                unsigned r, unsigned p,
                                uint8_t key[static FOB_SEAL_KEY_LEN])
{
    int done = EVP_PBE_scrypt(passphrase.data, passphrase.len, salt.data,
                              salt.len, 1ULL << log2_n, r, p, scrypt_memory_max,
                              key, FOB_SEAL_KEY_LEN);

    return done == 1 ? FOB_OK : FOB_E_NO_MEMORY;
}

enum fob_status fob_seal_close(const uint8_t *key, struct fob_seal_bytes head,
                               struct fob_seal_bytes plain, uint8_t *sealed)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int len = 0;
    int done =
        context != NULL && head.len <= INT_MAX && plain.len <= INT_MAX &&
        EVP_EncryptInit_ex(context, EVP_chacha20_poly1305(), NULL, key,
                           nonce) == 1 &&
        EVP_EncryptUpdate(context, NULL, &len, head.data, (int)head.len) == 1 &&
        EVP_EncryptUpdate(context, sealed, &len, plain.data, (int)plain.len) ==
            1 &&
        EVP_EncryptFinal_ex(context, sealed + plain.len, &len) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, FOB_SEAL_TAG_LEN,
                            sealed + plain.len) == 1;

    EVP_CIPHER_CTX_free(context);
    return done ? FOB_OK : FOB_E_FAILED;
}

enum fob_status fob_seal_open(const uint8_t *key, struct fob_seal_bytes head,
                              struct fob_seal_bytes sealed, uint8_t *plain)
{
    EVP_CIPHER_CTX *context;
    uint8_t tag[FOB_SEAL_TAG_LEN];
    size_t plain_len = sealed.len - FOB_SEAL_TAG_LEN;
    int len = 0, done;

    if (sealed.len < FOB_SEAL_TAG_LEN || sealed.len > INT_MAX ||
        head.len > INT_MAX)
        return FOB_E_DAMAGED;
    context = EVP_CIPHER_CTX_new();
    memcpy(tag, (const uint8_t *)sealed.data + plain_len, sizeof(tag));
    done =
        context != NULL &&
        EVP_DecryptInit_ex(context, EVP_chacha20_poly1305(), NULL, key,
                           nonce) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, FOB_SEAL_TAG_LEN,
                            tag) == 1 &&
        EVP_DecryptUpdate(context, NULL, &len, head.data, (int)head.len) == 1 &&
        EVP_DecryptUpdate(context, plain, &len, sealed.data, (int)plain_len) ==
            1 &&
        EVP_DecryptFinal_ex(context, plain + plain_len, &len) == 1;
    EVP_CIPHER_CTX_free(context);
    if (!done)
        fob_wipe(plain, plain_len);
    return done ? FOB_OK : FOB_E_DAMAGED;
}

void fob_seal_digest(const void *data, size_t len,
                     uint8_t digest[static FOB_SEAL_DIGEST_LEN])
{
    SHA256(data, len, digest);
}
