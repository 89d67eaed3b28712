/* SPDX-License-Identifier: MIT */
#include "host/import/crypt/cipher.h"

#include "src/wipe.h"

#include <limits.h>
#include <openssl/evp.h>
#include <string.h>

static bool decrypt(EVP_CIPHER_CTX *context, const uint8_t *key,
                    const struct cipher_gcm *gcm, struct fob_secret *sealed)
{
    uint8_t tag[CIPHER_TAG_LEN];
    int len = 0;

    memcpy(tag, gcm->tag, sizeof(tag));
    return EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, NULL, NULL) ==
               1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN,
                               (int)gcm->nonce_len, NULL) == 1 &&
           EVP_DecryptInit_ex(context, NULL, NULL, key, gcm->nonce) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, CIPHER_TAG_LEN,
                               tag) == 1 &&
           (gcm->bound.len == 0 ||
            EVP_DecryptUpdate(context, NULL, &len,
                              (const uint8_t *)gcm->bound.at,
                              (int)gcm->bound.len) == 1) &&
           EVP_DecryptUpdate(context, sealed->data, &len, sealed->data,
                             (int)sealed->len) == 1 &&
           EVP_DecryptFinal_ex(context, sealed->data + len, &len) == 1;
}

static enum fob_status end_opening(bool is_open, struct fob_secret *sealed)
{
    if (is_open)
        return FOB_OK;
    fob_wipe(sealed->data, sealed->len);
    sealed->len = 0;
    return FOB_E_DAMAGED;
}

enum fob_status cipher_gcm_open(const uint8_t key[static CIPHER_KEY_LEN],
                                const struct cipher_gcm *gcm,
                                struct fob_secret *sealed)
{
    EVP_CIPHER_CTX *context;
    bool is_open;

    if (sealed->len > INT_MAX || gcm->nonce_len > INT_MAX ||
        gcm->bound.len > INT_MAX)
        return FOB_E_DAMAGED;
    context = EVP_CIPHER_CTX_new();
    is_open = context != NULL && decrypt(context, key, gcm, sealed);
    EVP_CIPHER_CTX_free(context);
    return end_opening(is_open, sealed);
}

static bool decrypt_cbc(EVP_CIPHER_CTX *context, const uint8_t *key,
                        const uint8_t *iv, struct fob_secret *sealed)
{
    int len = 0, rest = 0;

    if (EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), NULL, key, iv) != 1 ||
        EVP_DecryptUpdate(context, sealed->data, &len, sealed->data,
                          (int)sealed->len) != 1 ||
        EVP_DecryptFinal_ex(context, sealed->data + len, &rest) != 1)
        return false;
    fob_wipe(sealed->data + len + rest,
             sealed->len - (size_t)len - (size_t)rest);
    sealed->len = (size_t)len + (size_t)rest;
    return true;
}

enum fob_status cipher_cbc_open(const uint8_t key[static CIPHER_KEY_LEN],
                                const uint8_t iv[static CIPHER_IV_LEN],
                                struct fob_secret *sealed)
{
    EVP_CIPHER_CTX *context;
    bool is_open;

    if (sealed->len > INT_MAX)
        return FOB_E_DAMAGED;
    context = EVP_CIPHER_CTX_new();
    is_open = context != NULL && decrypt_cbc(context, key, iv, sealed);
    EVP_CIPHER_CTX_free(context);
    return end_opening(is_open, sealed);
}
