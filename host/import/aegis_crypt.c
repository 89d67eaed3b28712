/* SPDX-License-Identifier: MIT */
#include "host/import/aegis_crypt.h"

#include "src/wipe.h"

#include <limits.h>
#include <openssl/evp.h>
#include <string.h>

/* Above what scrypt needs for the costs that aegis_slot.c lets through. */
enum { SCRYPT_MEMORY_MAX = 512 << 20 };

enum fob_status aegis_crypt_derive(const struct aegis_slot *slot,
                                   const struct fob_secret *password,
                                   uint8_t key[static AEGIS_KEY_LEN])
{
    const char *text =
        password->data != NULL ? (const char *)password->data : "";

    if (EVP_PBE_scrypt(text, password->len, slot->salt, slot->salt_len, slot->n,
                       slot->r, slot->p, SCRYPT_MEMORY_MAX, key,
                       AEGIS_KEY_LEN) == 1)
        return FOB_OK;
    fob_wipe(key, AEGIS_KEY_LEN);
    return FOB_E_NO_MEMORY;
}

enum fob_status aegis_crypt_open(const uint8_t key[static AEGIS_KEY_LEN],
                                 const struct aegis_params *params,
                                 struct fob_secret *sealed)
{
    EVP_CIPHER_CTX *context;
    uint8_t tag[AEGIS_TAG_LEN];
    int len = 0, done;

    if (sealed->len > INT_MAX)
        return FOB_E_DAMAGED;
    memcpy(tag, params->tag, sizeof(tag));
    context = EVP_CIPHER_CTX_new();
    done = context != NULL &&
           EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key,
                              params->nonce) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, AEGIS_TAG_LEN,
                               tag) == 1 &&
           EVP_DecryptUpdate(context, sealed->data, &len, sealed->data,
                             (int)sealed->len) == 1 &&
           EVP_DecryptFinal_ex(context, sealed->data + len, &len) == 1;
    EVP_CIPHER_CTX_free(context);
    if (!done)
        fob_wipe(sealed->data, sealed->len);
    return done ? FOB_OK : FOB_E_DAMAGED;
}
