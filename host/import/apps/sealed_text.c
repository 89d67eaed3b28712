/* SPDX-License-Identifier: MIT */
#include "host/import/apps/sealed_text.h"

enum fob_status sealed_text_open(const uint8_t key[static CIPHER_KEY_LEN],
                                 struct kdf_salt nonce, struct fob_span sealed,
                                 struct fob_secret *plain)
{
    struct cipher_gcm gcm = {.nonce = nonce.data, .nonce_len = nonce.len};
    size_t len = sealed.len - CIPHER_TAG_LEN;
    enum fob_status status;

    if (sealed.len < CIPHER_TAG_LEN)
        return FOB_E_WRONG_KEY;
    gcm.tag = (const uint8_t *)sealed.at + len;
    status = fob_secret_copy(plain, sealed.at, len);
    if (status != FOB_OK)
        return status;
    if (cipher_gcm_open(key, &gcm, plain) == FOB_OK)
        return FOB_OK;
    fob_secret_free(plain);
    return FOB_E_WRONG_KEY;
}
