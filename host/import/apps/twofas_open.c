/* SPDX-License-Identifier: MIT */
#include "host/import/apps/twofas_open.h"

#include "host/import/apps/sealed_text.h"
#include "host/import/crypt/kdf.h"
#include "host/import/json/base64.h"
#include "host/import/json/json_view.h"
#include "host/import/sink/password.h"
#include "src/wipe.h"

#include <string.h>

/* PBKDF2-HMAC-SHA-256; the rounds stand in no file. */
enum { ROUNDS = 10000, SALT_MAX = 1024, NONCE_LEN = 12 };

struct backup {
    struct fob_secret text;   /* the string's */
    struct fob_secret sealed; /* data and tag */
    uint8_t salt[SALT_MAX];
    size_t salt_len;
    uint8_t nonce[NONCE_LEN];
    struct fob_secret *plain;
};

static enum fob_status read_part(struct fob_span base64, uint8_t *data,
                                 size_t cap, size_t *len)
{
    /* base64_decode wants room for as much as it reads. */
    if (base64.at == NULL || base64.len > cap)
        return FOB_E_SYNTAX;
    return base64_decode(base64.at, base64.len, data, len);
}

static enum fob_status read_nonce(struct fob_span base64,
                                  uint8_t nonce[static NONCE_LEN])
{
    uint8_t data[2 * NONCE_LEN];
    size_t len;
    enum fob_status status = read_part(base64, data, sizeof(data), &len);

    if (status != FOB_OK || len != NONCE_LEN)
        return FOB_E_SYNTAX;
    memcpy(nonce, data, NONCE_LEN);
    return FOB_OK;
}

static enum fob_status read_parts(struct backup *backup)
{
    struct fob_span salt =
        fob_span_of((char *)backup->text.data, backup->text.cap);
    struct fob_span data = fob_span_cut(&salt, ':'), nonce = salt;
    enum fob_status status;

    salt = fob_span_cut(&nonce, ':');
    status = fob_secret_alloc(&backup->sealed, data.len);
    if (status == FOB_OK)
        status = read_part(data, backup->sealed.data, backup->sealed.cap,
                           &backup->sealed.len);
    if (status == FOB_OK)
        status = read_part(salt, backup->salt, sizeof(backup->salt),
                           &backup->salt_len);
    if (status == FOB_OK)
        status = read_nonce(nonce, backup->nonce);
    if (status == FOB_OK && backup->sealed.len < CIPHER_TAG_LEN)
        return FOB_E_SYNTAX;
    return status;
}

static enum fob_status try_password(void *context,
                                    const struct fob_secret *password,
                                    struct fob_error *error)
{
    struct backup *backup = context;
    const struct kdf_salt salt = {backup->salt, backup->salt_len};
    uint8_t key[CIPHER_KEY_LEN];
    enum fob_status status =
        kdf_pbkdf2(password, salt, FOB_SHA256, ROUNDS, key, sizeof(key));

    if (status == FOB_OK)
        status = sealed_text_open(
            key, (struct kdf_salt){backup->nonce, NONCE_LEN},
            (struct fob_span){(char *)backup->sealed.data, backup->sealed.len},
            backup->plain);
    fob_wipe(key, sizeof(key));
    return status == FOB_E_NO_MEMORY ? fob_error_no_memory(error) : status;
}

static enum fob_status read_backup(struct fob_span sealed,
                                   struct backup *backup,
                                   struct fob_error *error)
{
    enum fob_status status = fob_secret_alloc(&backup->text, sealed.len);

    if (status == FOB_OK)
        status = fob_json_view_text(sealed, (char *)backup->text.data,
                                    backup->text.cap);
    if (status == FOB_OK)
        status = read_parts(backup);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "what is encrypted in the backup of 2FAS is "
                             "malformed");
    return FOB_OK;
}

enum fob_status twofas_open(struct fob_span sealed,
                            const struct fob_import_callbacks *callbacks,
                            struct fob_secret *plain, struct fob_error *error)
{
    struct backup backup = {.plain = plain};
    enum fob_status status = read_backup(sealed, &backup, error);

    if (status == FOB_OK)
        status = password_ask(callbacks, "backup of 2FAS", try_password,
                              &backup, error);
    fob_secret_free(&backup.text);
    fob_secret_free(&backup.sealed);
    return status;
}
