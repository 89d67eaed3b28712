/* SPDX-License-Identifier: MIT */
/* Argon2id, RFC 9106: by libcrypto where that has it (OpenSSL 3.2), else by
 * libargon2. */
#ifndef FOB_HOST_IMPORT_CRYPT_ARGON2ID_H
#define FOB_HOST_IMPORT_CRYPT_ARGON2ID_H

#include "host/base/error.h"
#include "host/import/crypt/kdf.h"

enum { ARGON2ID_KEY_LEN = 32 };

/* What stands in a file. */
struct argon2id_input {
    const char *file; /* as errors call it: "Bitwarden export" */
    struct kdf_salt salt;
    uint64_t memory_kib;
    uint64_t passes;
    uint64_t lanes;
};

/* Whether such a key can be derived here, so that nobody is asked for a
 * password in vain.  Error set: FOB_E_SYNTAX for costs or a salt that the RFC
 * rules out, FOB_E_UNSUPPORTED beyond what apps write - 1 GiB, 10 GiB of
 * passes, 64 lanes - and FOB_E_FAILED without either library. */
FOB_MUST_CHECK enum fob_status
argon2id_check(const struct argon2id_input *input, struct fob_error *error);

/* Into `key`, of what argon2id_check has let pass; one at a time in all
 * threads.  FOB_E_NO_MEMORY, error set; `key` is then zero. */
FOB_MUST_CHECK enum fob_status
argon2id_derive(const struct argon2id_input *input,
                const struct fob_secret *password,
                uint8_t key[static ARGON2ID_KEY_LEN], struct fob_error *error);

#endif
