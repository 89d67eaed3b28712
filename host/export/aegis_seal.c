/* SPDX-License-Identifier: MIT */
#include "host/export/aegis_seal.h"

#include "host/export/bytes_out.h"
#include "host/export/uuid.h"
#include "src/wipe.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

enum {
    KEY_LEN = 32,
    NONCE_LEN = 12,
    TAG_LEN = 16,
    SALT_LEN = 32,
    COST_N = 1 << 15,
    COST_R = 8,
    COST_P = 1,
    MEMORY_MAX = 64 << 20,
    CONTENT_MAX = 1 << 30,
};

/* What stands open beside a ciphertext. */
struct seal_params {
    uint8_t nonce[NONCE_LEN];
    uint8_t tag[TAG_LEN];
};

struct seal_slot {
    char uuid[UUID_TEXT_LEN + 1];
    uint8_t salt[SALT_LEN];
    uint8_t key[KEY_LEN]; /* the master key, encrypted */
    struct seal_params params;
};

/* The two keys, in secret memory. */
struct seal_keys {
    uint8_t master[KEY_LEN];
    uint8_t of_password[KEY_LEN];
};

/* AES-256-GCM (NIST SP 800-38D), in place, with a nonce of its own. */
static bool encrypt(const uint8_t key[static KEY_LEN], uint8_t *data,
                    size_t data_len, struct seal_params *params)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int len = 0;
    bool is_done =
        context != NULL && RAND_bytes(params->nonce, NONCE_LEN) == 1 &&
        EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key,
                           params->nonce) == 1 &&
        EVP_EncryptUpdate(context, data, &len, data, (int)data_len) == 1 &&
        EVP_EncryptFinal_ex(context, data + len, &len) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_LEN,
                            params->tag) == 1;

    EVP_CIPHER_CTX_free(context);
    return is_done;
}

static enum fob_status make_slot(struct seal_keys *keys,
                                 const struct fob_secret *password,
                                 struct seal_slot *slot)
{
    if (RAND_bytes(slot->salt, SALT_LEN) != 1 ||
        uuid_make(slot->uuid) != FOB_OK)
        return FOB_E_FAILED;
    if (EVP_PBE_scrypt((const char *)password->data, password->len, slot->salt,
                       SALT_LEN, COST_N, COST_R, COST_P, MEMORY_MAX,
                       keys->of_password, KEY_LEN) != 1)
        return FOB_E_NO_MEMORY;
    memcpy(slot->key, keys->master, KEY_LEN);
    if (encrypt(keys->of_password, slot->key, KEY_LEN, &slot->params))
        return FOB_OK;
    fob_wipe(slot->key, KEY_LEN);
    return FOB_E_FAILED;
}

static void put_params(struct bytes_out *out, const struct seal_params *params)
{
    bytes_out_put_text(out, "{\"nonce\":\"");
    bytes_out_put_hex(out, params->nonce, NONCE_LEN);
    bytes_out_put_text(out, "\",\"tag\":\"");
    bytes_out_put_hex(out, params->tag, TAG_LEN);
    bytes_out_put_text(out, "\"}");
}

static void put_slot(struct bytes_out *out, const struct seal_slot *slot)
{
    bytes_out_put_text(out, "{\"type\":1,\"uuid\":");
    bytes_out_put_string(out, slot->uuid);
    bytes_out_put_text(out, ",\"key\":\"");
    bytes_out_put_hex(out, slot->key, KEY_LEN);
    bytes_out_put_text(out, "\",\"key_params\":");
    put_params(out, &slot->params);
    bytes_out_put_text(out, ",\"n\":");
    bytes_out_put_number(out, COST_N);
    bytes_out_put_text(out, ",\"r\":");
    bytes_out_put_number(out, COST_R);
    bytes_out_put_text(out, ",\"p\":");
    bytes_out_put_number(out, COST_P);
    bytes_out_put_text(out, ",\"salt\":\"");
    bytes_out_put_hex(out, slot->salt, SALT_LEN);
    bytes_out_put_text(out, "\",\"repaired\":true,\"is_backup\":false}");
}

static enum fob_status put_file(const struct seal_slot *slot,
                                const struct seal_params *params,
                                const struct fob_secret *db,
                                struct fob_secret *file)
{
    struct bytes_out out = {0};

    bytes_out_put_text(&out, "{\"version\":1,\"header\":{\"slots\":[");
    put_slot(&out, slot);
    bytes_out_put_text(&out, "],\"params\":");
    put_params(&out, params);
    bytes_out_put_text(&out, "},\"db\":\"");
    bytes_out_put_base64(&out, db->data, db->len);
    bytes_out_put_text(&out, "\"}\n");
    if (out.status == FOB_OK)
        *file = out.data;
    else
        fob_secret_free(&out.data);
    return out.status;
}

enum fob_status aegis_seal(struct fob_secret *content,
                           const struct fob_secret *password,
                           struct fob_secret *file)
{
    struct fob_secret room = {0};
    struct seal_keys *keys;
    struct seal_slot slot;
    struct seal_params params;
    enum fob_status status = fob_secret_alloc(&room, sizeof(*keys));

    if (status != FOB_OK)
        return status;
    keys = (struct seal_keys *)(void *)room.data;
    if (content->len > CONTENT_MAX)
        status = FOB_E_TOO_LONG;
    else if (RAND_priv_bytes(keys->master, KEY_LEN) != 1)
        status = FOB_E_FAILED;
    if (status == FOB_OK)
        status = make_slot(keys, password, &slot);
    if (status == FOB_OK &&
        !encrypt(keys->master, content->data, content->len, &params))
        status = FOB_E_FAILED;
    fob_secret_free(&room);
    return status == FOB_OK ? put_file(&slot, &params, content, file) : status;
}
