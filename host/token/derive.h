/* SPDX-License-Identifier: MIT */
/* From what a person types to what a token takes.  The work is done here: a
 * small chip is no match for whoever has its flash and a farm. */
#ifndef FOB_HOST_TOKEN_DERIVE_H
#define FOB_HOST_TOKEN_DERIVE_H

#include "host/base/secret.h"
#include "host/token/token.h"

enum { FOB_TOKEN_KDF_LEN = 20 };

/* Parameters for a new passphrase: 01, log2 N, r, p, salt. */
FOB_MUST_CHECK enum fob_status
fob_token_make_kdf(unsigned log2_n, uint8_t kdf[static FOB_TOKEN_KDF_LEN]);

/* The key of 32 bytes into the empty `key`.  FOB_E_UNSUPPORTED for parameters
 * that fob would not have made, or that ask for over 1 GiB. */
FOB_MUST_CHECK enum fob_status
fob_token_derive(const uint8_t *kdf, size_t kdf_len,
                 const struct fob_secret *passphrase, struct fob_secret *key);

/* YKOATH's key of 16 bytes for the token whose id is `id`. */
FOB_MUST_CHECK enum fob_status
fob_token_derive_access(const uint8_t id[static FOB_TOKEN_ID],
                        const struct fob_secret *password,
                        struct fob_secret *key);

#endif
