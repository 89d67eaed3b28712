/* SPDX-License-Identifier: MIT */
/* AES-256-GCM with its tag at the end, as Java writes it. */
#ifndef FOB_HOST_IMPORT_APPS_SEALED_TEXT_H
#define FOB_HOST_IMPORT_APPS_SEALED_TEXT_H

#include "host/import/crypt/cipher.h"
#include "host/import/crypt/kdf.h"

/* Open `sealed`, text and tag, into the empty `plain`; `sealed` stays, for
 * another key to be tried.  FOB_E_WRONG_KEY; FOB_E_NO_MEMORY; `plain` is then
 * empty. */
FOB_MUST_CHECK enum fob_status
sealed_text_open(const uint8_t key[static CIPHER_KEY_LEN],
                 struct kdf_salt nonce, struct fob_span sealed,
                 struct fob_secret *plain);

#endif
