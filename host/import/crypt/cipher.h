/* SPDX-License-Identifier: MIT */
/* The ciphers of encrypted files, by libcrypto. */
#ifndef FOB_HOST_IMPORT_CRYPT_CIPHER_H
#define FOB_HOST_IMPORT_CRYPT_CIPHER_H

#include "host/base/secret.h"
#include "src/span.h"

enum { CIPHER_KEY_LEN = 32, CIPHER_TAG_LEN = 16 };

/* What AES-256-GCM (SP 800-38D) has besides key and text. */
struct cipher_gcm {
    const uint8_t *nonce;
    size_t nonce_len;
    const uint8_t *tag;    /* CIPHER_TAG_LEN bytes, */
    struct fob_span bound; /* the data authenticated with the text, or none */
};

/* Decrypt `sealed` in place.  FOB_E_DAMAGED when the tag does not fit: also of
 * another key; `sealed` is then wiped, and empty. */
FOB_MUST_CHECK enum fob_status
cipher_gcm_open(const uint8_t key[static CIPHER_KEY_LEN],
                const struct cipher_gcm *gcm, struct fob_secret *sealed);

enum { CIPHER_IV_LEN = 16 };

/* The same for AES-256-CBC (SP 800-38A) with the padding of PKCS #7, which
 * fits by chance under one key in 256: FOB_OK proves nothing. */
FOB_MUST_CHECK enum fob_status
cipher_cbc_open(const uint8_t key[static CIPHER_KEY_LEN],
                const uint8_t iv[static CIPHER_IV_LEN],
                struct fob_secret *sealed);

#endif
