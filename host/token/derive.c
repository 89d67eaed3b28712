/* SPDX-License-Identifier: MIT */
#include "host/token/derive.h"

#include <openssl/evp.h>
#include <sys/random.h>

enum {
    KDF_SCRYPT = 1,
    SALT_LEN = 16,
    LOG2_N_MAX = 20,
    R = 8,
    P = 1,
    ACCESS_ROUNDS = 1000,
};

enum fob_status fob_token_make_kdf(unsigned log2_n,
                                   uint8_t kdf[static FOB_TOKEN_KDF_LEN])
{
    kdf[0] = KDF_SCRYPT;
    kdf[1] = (uint8_t)(log2_n > LOG2_N_MAX ? LOG2_N_MAX : log2_n);
    kdf[2] = R;
    kdf[3] = P;
    return getrandom(kdf + FOB_TOKEN_KDF_LEN - SALT_LEN, SALT_LEN, 0) ==
                   SALT_LEN
               ? FOB_OK
               : FOB_E_FAILED;
}

/* The token names the cost, and may not be the one it says it is: no less
 * work than fob ever asks for, or a stolen answer were cheap to guess from. */
static bool kdf_is_sane(const uint8_t *kdf, size_t len)
{
    return len == FOB_TOKEN_KDF_LEN && kdf[0] == KDF_SCRYPT && kdf[1] >= 14 &&
           kdf[1] <= LOG2_N_MAX && kdf[2] == R && kdf[3] == P;
}

enum fob_status fob_token_derive(const uint8_t *kdf, size_t kdf_len,
                                 const struct fob_secret *passphrase,
                                 struct fob_secret *key)
{
    const uint64_t memory_max = UINT64_C(1) << 30;
    enum fob_status status;
    bool good;

    if (!kdf_is_sane(kdf, kdf_len))
        return FOB_E_UNSUPPORTED;
    status = fob_secret_alloc(key, FOB_TOKEN_KEY);
    if (status != FOB_OK)
        return status;
    key->len = FOB_TOKEN_KEY;
    good = EVP_PBE_scrypt((const char *)passphrase->data, passphrase->len,
                          kdf + kdf_len - SALT_LEN, SALT_LEN,
                          UINT64_C(1) << kdf[1], R, P, memory_max + (1 << 20),
                          key->data, key->len) == 1;
    if (!good)
        fob_secret_free(key);
    return good ? FOB_OK : FOB_E_NO_MEMORY;
}

enum fob_status fob_token_derive_access(const uint8_t id[static FOB_TOKEN_ID],
                                        const struct fob_secret *password,
                                        struct fob_secret *key)
{
    enum fob_status status = fob_secret_alloc(key, FOB_TOKEN_ACCESS_KEY);
    bool good;

    if (status != FOB_OK)
        return status;
    key->len = FOB_TOKEN_ACCESS_KEY;
    good =
        PKCS5_PBKDF2_HMAC_SHA1((const char *)password->data, (int)password->len,
                               id, FOB_TOKEN_ID, ACCESS_ROUNDS,
                               FOB_TOKEN_ACCESS_KEY, key->data) == 1;
    if (!good)
        fob_secret_free(key);
    return good ? FOB_OK : FOB_E_NO_MEMORY;
}
