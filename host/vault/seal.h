/* SPDX-License-Identifier: MIT */
/* The vault's cryptography, all of it libcrypto's.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_SEAL_H
#define FOB_HOST_VAULT_SEAL_H

#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

enum { FOB_SEAL_KEY_LEN = 32, FOB_SEAL_TAG_LEN = 16, FOB_SEAL_DIGEST_LEN = 32 };

struct fob_seal_bytes {
    const void *data;
    size_t len;
};

FOB_MUST_CHECK enum fob_status fob_seal_random(void *data, size_t len);

/* HKDF-SHA256 (RFC 5869) with `info` as text without its NUL. */
FOB_MUST_CHECK enum fob_status
fob_seal_hkdf(struct fob_seal_bytes secret, struct fob_seal_bytes salt,
              const char *info, uint8_t key[static FOB_SEAL_KEY_LEN]);

/* scrypt (RFC 7914) with N = 2^log2_n. */
FOB_MUST_CHECK enum fob_status
fob_seal_scrypt(struct fob_seal_bytes passphrase, struct fob_seal_bytes salt,
                unsigned log2_n, unsigned r, unsigned p,
                uint8_t key[static FOB_SEAL_KEY_LEN]);

/* ChaCha20-Poly1305 (RFC 8439) with a nonce of zeros: a key seals once.
 * `sealed` has room for plain.len + FOB_SEAL_TAG_LEN, the tag at its end. */
FOB_MUST_CHECK enum fob_status fob_seal_close(const uint8_t *key,
                                              struct fob_seal_bytes head,
                                              struct fob_seal_bytes plain,
                                              uint8_t *sealed);

/* `plain` has room for sealed.len - FOB_SEAL_TAG_LEN; FOB_E_DAMAGED, with it
 * wiped, when key, head and sealed do not belong together. */
FOB_MUST_CHECK enum fob_status fob_seal_open(const uint8_t *key,
                                             struct fob_seal_bytes head,
                                             struct fob_seal_bytes sealed,
                                             uint8_t *plain);

/* SHA-256: tells damage by chance, before any key is known. */
void fob_seal_digest(const void *data, size_t len,
                     uint8_t digest[static FOB_SEAL_DIGEST_LEN]);

#endif
