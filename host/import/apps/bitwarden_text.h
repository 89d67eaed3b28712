/* SPDX-License-Identifier: MIT */
/* Bitwarden's encrypted strings, of the kind "2.iv|text|mac": AES-256-CBC
 * under HMAC-SHA-256, all parts in base64. */
#ifndef FOB_HOST_IMPORT_APPS_BITWARDEN_TEXT_H
#define FOB_HOST_IMPORT_APPS_BITWARDEN_TEXT_H

#include "host/import/crypt/cipher.h"

enum { BITWARDEN_MAC_LEN = 32 };

struct bitwarden_text {
    uint8_t iv[CIPHER_IV_LEN];
    uint8_t mac[BITWARDEN_MAC_LEN];
    struct fob_secret sealed;
};

/* A value of fob_json_view_open.  FOB_E_SYNTAX; FOB_E_VERSION for one of
 * another kind; FOB_E_NO_MEMORY; nothing is then to be freed. */
FOB_MUST_CHECK enum fob_status bitwarden_text_read(struct fob_span value,
                                                   struct bitwarden_text *text);
void bitwarden_text_free(struct bitwarden_text *text);

/* Whether it was written with the key of which both keys are made. */
bool bitwarden_text_is_of(const struct bitwarden_text *text,
                          const uint8_t key[static CIPHER_KEY_LEN]);

/* Decrypt text->sealed in place, of what bitwarden_text_is_of; FOB_E_DAMAGED,
 * it is then empty. */
FOB_MUST_CHECK enum fob_status
bitwarden_text_open(struct bitwarden_text *text,
                    const uint8_t key[static CIPHER_KEY_LEN]);

#endif
