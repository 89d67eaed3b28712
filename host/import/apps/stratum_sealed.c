/* SPDX-License-Identifier: MIT */
/* Encrypted backups, with the header of today, or of before 2023. */
#include "host/import/apps/apps.h"
#include "host/import/apps/argon2_file.h"
#include "host/import/apps/stratum.h"
#include "host/import/crypt/cipher.h"
#include "host/import/json/json_view.h"
#include "host/import/sink/password.h"

#include <string.h>

/* None of the costs stands in the file. */
enum {
    MARK_LEN = 16,
    SALT_LEN = 16,
    NONCE_LEN = 12,
    MEMORY_KIB = 64 << 10,
    PASSES = 3,
    LANES = 4,
    OLD_SALT_LEN = 20,
    OLD_ROUNDS = 64000, /* of PBKDF2 with SHA-1 */
};

static const char mark[] = "AUTHENTICATORPRO", old_mark[] = "AuthenticatorPro";
static const char name[] = "Stratum backup";

/* What is left of the file, and who is asked. */
struct backup {
    struct fob_span rest;
    const struct fob_import_callbacks *callbacks;
    struct fob_secret *plain;
};

static struct kdf_salt take_bytes(struct fob_span *rest, size_t len)
{
    const struct kdf_salt bytes = {(const uint8_t *)rest->at, len};

    rest->at += len;
    rest->len -= len;
    return bytes;
}

static enum fob_status say_short(struct fob_error *error)
{
    return fob_error_set(error, FOB_E_SYNTAX, "the %s is cut short", name);
}

static enum fob_status decrypt(const struct argon2_file *file,
                               const uint8_t key[static ARGON2ID_KEY_LEN],
                               struct fob_secret *sealed)
{
    const struct cipher_gcm gcm = {
        .nonce = file->nonce,
        .nonce_len = NONCE_LEN,
        .tag = file->sealed.data + file->sealed.len - CIPHER_TAG_LEN,
    };

    sealed->len -= CIPHER_TAG_LEN;
    return cipher_gcm_open(key, &gcm, sealed);
}

static enum fob_status open_new(struct backup *backup, struct fob_error *error)
{
    struct argon2_file file = {
        .input = {.file = name,
                  .memory_kib = MEMORY_KIB,
                  .passes = PASSES,
                  .lanes = LANES},
        .decrypt = decrypt,
    };
    enum fob_status status;

    if (backup->rest.len < SALT_LEN + NONCE_LEN + CIPHER_TAG_LEN)
        return say_short(error);
    file.input.salt = take_bytes(&backup->rest, SALT_LEN);
    file.nonce = take_bytes(&backup->rest, NONCE_LEN).data;
    if (fob_secret_copy(&file.sealed, backup->rest.at, backup->rest.len) !=
        FOB_OK)
        return fob_error_no_memory(error);
    status = argon2_file_open(&file, backup->callbacks, backup->plain, error);
    fob_secret_free(&file.sealed);
    return status;
}

struct old_backup {
    struct kdf_salt salt;
    const uint8_t *iv;
    const struct backup *all;
};

/* The padding fits under one wrong key of 256, JSON under none. */
static enum fob_status decrypt_old(const struct old_backup *old,
                                   const uint8_t *key, struct fob_error *error)
{
    struct fob_secret *plain = old->all->plain;
    const struct fob_span sealed = old->all->rest;
    struct fob_span json;
    size_t line;

    if (fob_secret_copy(plain, sealed.at, sealed.len) != FOB_OK)
        return fob_error_no_memory(error);
    if (cipher_cbc_open(key, old->iv, plain) == FOB_OK &&
        fob_json_view_open((struct fob_span){(char *)plain->data, plain->len},
                           &json, &line) == FOB_OK)
        return FOB_OK;
    fob_secret_free(plain);
    return FOB_E_WRONG_KEY;
}

static enum fob_status try_old(void *context, const struct fob_secret *password,
                               struct fob_error *error)
{
    const struct old_backup *old = context;
    struct fob_secret key = {0};
    enum fob_status status = fob_secret_alloc(&key, CIPHER_KEY_LEN);

    if (status == FOB_OK)
        status = kdf_pbkdf2(password, old->salt, FOB_SHA1, OLD_ROUNDS, key.data,
                            CIPHER_KEY_LEN);
    if (status == FOB_OK)
        status = decrypt_old(old, key.data, error);
    else
        fob_error_no_memory(error);
    fob_secret_free(&key);
    return status;
}

static enum fob_status open_old(struct backup *backup, struct fob_error *error)
{
    struct old_backup old = {.all = backup};

    if (backup->rest.len < OLD_SALT_LEN + 2 * CIPHER_IV_LEN)
        return say_short(error);
    old.salt = take_bytes(&backup->rest, OLD_SALT_LEN);
    old.iv = take_bytes(&backup->rest, CIPHER_IV_LEN).data;
    return password_ask(backup->callbacks, name, try_old, &old, error);
}

static bool has_mark(struct fob_span text, const char *wanted)
{
    return text.len >= MARK_LEN && memcmp(text.at, wanted, MARK_LEN) == 0;
}

static bool is_mine(const struct import_file *file)
{
    return has_mark(file->text, mark) || has_mark(file->text, old_mark);
}

static enum fob_status read_backup(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_secret plain = {0};
    struct backup backup = {file->text, sink->callbacks, &plain};
    struct fob_span json = {0};
    size_t line;
    enum fob_status status;

    (void)take_bytes(&backup.rest, MARK_LEN);
    status = has_mark(file->text, mark) ? open_new(&backup, sink->error)
                                        : open_old(&backup, sink->error);
    sink->unit = "entry";
    if (status == FOB_OK)
        (void)!fob_json_view_open(
            (struct fob_span){(char *)plain.data, plain.len}, &json, &line);
    if (status == FOB_OK)
        status = stratum_accounts(json, sink);
    fob_secret_free(&plain);
    return status;
}

const struct import_format import_stratum_sealed = {
    .app = "Stratum", .is_mine = is_mine, .read = read_backup};
