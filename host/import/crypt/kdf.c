/* SPDX-License-Identifier: MIT */
#include "host/import/crypt/kdf.h"

#include "src/wipe.h"

#include <limits.h>
#include <openssl/evp.h>

enum { SCRYPT_MEMORY_MAX = 512 << 20 };

static const char *password_text(const struct fob_secret *password)
{
    return password->data != NULL ? (const char *)password->data : "";
}

static enum fob_status end_key(bool is_derived, uint8_t *key, size_t key_len)
{
    if (is_derived)
        return FOB_OK;
    fob_wipe(key, key_len);
    return FOB_E_NO_MEMORY;
}

enum fob_status kdf_scrypt(const struct fob_secret *password,
                           struct kdf_salt salt,
                           const struct kdf_scrypt_costs *costs, uint8_t *key,
                           size_t key_len)
{
    return end_key(EVP_PBE_scrypt(password_text(password), password->len,
                                  salt.data, salt.len, costs->n, costs->r,
                                  costs->p, SCRYPT_MEMORY_MAX, key,
                                  key_len) == 1,
                   key, key_len);
}

enum fob_status kdf_pbkdf2(const struct fob_secret *password,
                           struct kdf_salt salt, enum fob_hash hash,
                           uint32_t rounds, uint8_t *key, size_t key_len)
{
    const EVP_MD *digest = hash == FOB_SHA1     ? EVP_sha1()
                           : hash == FOB_SHA256 ? EVP_sha256()
                                                : EVP_sha512();

    return end_key(password->len <= INT_MAX && salt.len <= INT_MAX &&
                       rounds <= INT_MAX && key_len <= INT_MAX &&
                       PKCS5_PBKDF2_HMAC(password_text(password),
                                         (int)password->len, salt.data,
                                         (int)salt.len, (int)rounds, digest,
                                         (int)key_len, key) == 1,
                   key, key_len);
}
