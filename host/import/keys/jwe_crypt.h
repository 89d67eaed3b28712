/* SPDX-License-Identifier: MIT */
/* The cryptography of jwe.h; for jwe.c only. */
#ifndef FOB_HOST_IMPORT_KEYS_JWE_CRYPT_H
#define FOB_HOST_IMPORT_KEYS_JWE_CRYPT_H

#include "host/import/keys/jwe.h"

enum { JWE_WRAPPER_LEN = 16 };

/* PBKDF2 with HMAC-SHA-256 (RFC 8018, 5.2), one block, cut.  With `is_odd` as
 * aws-vault 6.0 and 6.1 had it: their jose2go handed Go 1.15's hmac one hash
 * for both of its halves, so that the inner one of the first round began with
 * the outer pad.  Later releases cannot read what these wrote; fob can. */
void jwe_crypt_derive(const struct fob_jwe *jwe,
                      const struct fob_secret *password, bool is_odd,
                      uint8_t wrapper[static JWE_WRAPPER_LEN]);

/* AES key unwrap (RFC 3394); FOB_E_WRONG_KEY, and `key` wiped. */
FOB_MUST_CHECK enum fob_status
jwe_crypt_unwrap(const struct fob_jwe *jwe,
                 const uint8_t wrapper[static JWE_WRAPPER_LEN],
                 uint8_t key[static FOB_JWE_KEY_LEN]);

/* AES-256-GCM into the empty `plain`; FOB_E_DAMAGED, FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status
jwe_crypt_open(const struct fob_jwe *jwe,
               const uint8_t key[static FOB_JWE_KEY_LEN],
               struct fob_secret *plain);

#endif
