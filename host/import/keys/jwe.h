/* SPDX-License-Identifier: MIT */
/*
 * Texts encrypted with a password, as aws-vault's backend `file` keeps each of
 * its records: a JWE in compact form (RFC 7516), PBES2-HS256+A128KW (RFC 7518,
 * 4.8) and A256GCM (5.3), which is what jose2go makes of them.
 */
#ifndef FOB_HOST_IMPORT_KEYS_JWE_H
#define FOB_HOST_IMPORT_KEYS_JWE_H

#include "host/base/secret.h"
#include "src/span.h"

enum {
    FOB_JWE_SALT_MAX = 128,
    FOB_JWE_KEY_LEN = 32,
    FOB_JWE_WRAPPED_LEN = 40,
    FOB_JWE_NONCE_LEN = 12,
    FOB_JWE_TAG_LEN = 16,
};

/* What stands in one; to be freed; the text must outlive it. */
struct fob_jwe {
    struct fob_span header;         /* as it stands: it is authenticated */
    uint8_t salt[FOB_JWE_SALT_MAX]; /* of PBKDF2: the algorithm's name too */
    size_t salt_len;
    uint32_t rounds;
    uint8_t wrapped[FOB_JWE_WRAPPED_LEN];
    uint8_t nonce[FOB_JWE_NONCE_LEN];
    uint8_t tag[FOB_JWE_TAG_LEN];
    struct fob_secret sealed;
};

/* FOB_E_SYNTAX, FOB_E_UNSUPPORTED for other algorithms or too much work,
 * FOB_E_NO_MEMORY; `jwe` is then empty. */
FOB_MUST_CHECK enum fob_status fob_jwe_read(struct fob_span text,
                                            struct fob_jwe *jwe);
void fob_jwe_free(struct fob_jwe *jwe);

/* The text within, into the empty `plain`.  FOB_E_WRONG_KEY when the password
 * does not fit, FOB_E_DAMAGED when it does and the text is not as it was
 * written, FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status fob_jwe_open(const struct fob_jwe *jwe,
                                            const struct fob_secret *password,
                                            struct fob_secret *plain);

#endif
