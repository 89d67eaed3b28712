/* SPDX-License-Identifier: MIT */
/* libsodium's crypto_secretstream_xchacha20poly1305, for a stream of one
 * message. */
#ifndef FOB_HOST_IMPORT_CRYPT_SECRETSTREAM_H
#define FOB_HOST_IMPORT_CRYPT_SECRETSTREAM_H

#include "host/import/crypt/cipher.h"

enum { SECRETSTREAM_HEADER_LEN = 24 };

/* Decrypt the stream's first message, without additional data, in place;
 * whatever its tag, for there is no other.  FOB_E_DAMAGED when it was not
 * sealed with this key; `sealed` is then wiped, and empty. */
FOB_MUST_CHECK enum fob_status
secretstream_open(const uint8_t key[static CIPHER_KEY_LEN],
                  const uint8_t header[static SECRETSTREAM_HEADER_LEN],
                  struct fob_secret *sealed);

#endif
