/* SPDX-License-Identifier: MIT */
/* From a password to a key, by libcrypto.  The costs come from a file that
 * anybody may have written: callers bound them first. */
#ifndef FOB_HOST_IMPORT_CRYPT_KDF_H
#define FOB_HOST_IMPORT_CRYPT_KDF_H

#include "host/base/secret.h"
#include "src/account.h"

/* Bytes that stand open in a file. */
struct kdf_salt {
    const uint8_t *data;
    size_t len;
};

struct kdf_scrypt_costs { /* RFC 7914 */
    uint64_t n;
    uint64_t r;
    uint64_t p;
};

/* scrypt into `key`.  FOB_E_NO_MEMORY, also above 512 MiB; `key` is then
 * zero. */
FOB_MUST_CHECK enum fob_status kdf_scrypt(const struct fob_secret *password,
                                          struct kdf_salt salt,
                                          const struct kdf_scrypt_costs *costs,
                                          uint8_t *key, size_t key_len);

/* PBKDF2 with HMAC (RFC 8018, 5.2) into `key`.  FOB_E_NO_MEMORY; `key` is then
 * zero. */
FOB_MUST_CHECK enum fob_status kdf_pbkdf2(const struct fob_secret *password,
                                          struct kdf_salt salt,
                                          enum fob_hash hash, uint32_t rounds,
                                          uint8_t *key, size_t key_len);

#endif
