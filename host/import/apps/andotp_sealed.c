/* SPDX-License-Identifier: MIT */
/*
 * andOTP's encrypted backups (.json.aes).  They begin with no mark: rounds of
 * PBKDF2-HMAC-SHA-1 in four bytes, a salt, a nonce; before 0.6.3 with the
 * nonce, under a key that is the SHA-256 of the password.  What follows is
 * AES-256-GCM, tag at the end.  So one is known by what it is not: text, or of
 * a kind with a mark (foreign.c).
 */
#include "host/import/apps/andotp.h"
#include "host/import/apps/apps.h"
#include "host/import/apps/sealed_text.h"
#include "host/import/crypt/kdf.h"
#include "host/import/entry/json_entry.h"
#include "host/import/foreign/foreign.h"
#include "host/import/json/json_view.h"
#include "host/import/sink/password.h"
#include "host/import/text/uri_scan.h"
#include "src/sha256.h"
#include "src/wipe.h"

#include <string.h>

/* andOTP draws its rounds from 1000 to 5000, later from 140,000 to 160,000, and
 * may be told others. */
enum {
    ROUNDS_LEN = 4,
    SALT_LEN = 12,
    NONCE_LEN = 12,
    HEAD_LEN = ROUNDS_LEN + SALT_LEN + NONCE_LEN,
    ROUNDS_MIN = 1000,
    ROUNDS_MAX = 1000000,
    LEN_MIN = NONCE_LEN + 2 + CIPHER_TAG_LEN, /* "[]" the old way */
};

/* Of so many random bytes 40 are distinct, give or take two, and 16 are
 * printable, give or take three: a log in colours is text all the same. */
enum { SAMPLE_LEN = 44, DISTINCT_MIN = 28, PRINTABLE_MAX = 32 };

struct backup {
    struct fob_span file;
    uint32_t rounds; /* 0: such a number stands not there */
    struct fob_secret *plain;
};

static uint32_t read_rounds(struct fob_span file)
{
    uint32_t rounds = 0;

    if (file.len < HEAD_LEN + CIPHER_TAG_LEN)
        return 0;
    for (size_t i = 0; i < ROUNDS_LEN; i++)
        rounds = rounds << 8 | (uint8_t)file.at[i];
    return rounds >= ROUNDS_MIN && rounds <= ROUNDS_MAX ? rounds : 0;
}

static bool is_random(struct fob_span bytes)
{
    bool seen[256] = {0};
    size_t distinct = 0, printable = 0,
           len = bytes.len < SAMPLE_LEN ? bytes.len : SAMPLE_LEN;

    for (size_t i = 0; i < len; i++) {
        distinct += !seen[(uint8_t)bytes.at[i]];
        printable += bytes.at[i] >= ' ' && bytes.at[i] < '\x7f';
        seen[(uint8_t)bytes.at[i]] = true;
    }
    return distinct * SAMPLE_LEN >= DISTINCT_MIN * len &&
           printable * SAMPLE_LEN <= PRINTABLE_MAX * len;
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span bytes = file->text;

    if (bytes.len < LEN_MIN || file->json.at != NULL ||
        foreign_is_text(bytes) || foreign_is_known(bytes) ||
        uri_scan_may_find(bytes))
        return false;
    if (read_rounds(bytes) != 0) {
        bytes.at += ROUNDS_LEN;
        bytes.len -= ROUNDS_LEN;
    }
    return is_random(bytes);
}

static enum fob_status open_at(const struct backup *backup, size_t at,
                               const uint8_t key[static CIPHER_KEY_LEN])
{
    const uint8_t *nonce = (const uint8_t *)backup->file.at + at;

    at += NONCE_LEN;
    return sealed_text_open(
        key, (struct kdf_salt){nonce, NONCE_LEN},
        (struct fob_span){backup->file.at + at, backup->file.len - at},
        backup->plain);
}

static enum fob_status open_new(const struct backup *backup,
                                const struct fob_secret *password,
                                uint8_t key[static CIPHER_KEY_LEN])
{
    const struct kdf_salt salt = {(const uint8_t *)backup->file.at + ROUNDS_LEN,
                                  SALT_LEN};
    enum fob_status status = kdf_pbkdf2(password, salt, FOB_SHA1,
                                        backup->rounds, key, CIPHER_KEY_LEN);

    return status == FOB_OK ? open_at(backup, ROUNDS_LEN + SALT_LEN, key)
                            : status;
}

static enum fob_status open_old(const struct backup *backup,
                                const struct fob_secret *password,
                                uint8_t key[static CIPHER_KEY_LEN])
{
    struct fob_digest digest;

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, password->data, password->len);
    fob_digest_final(&digest, key);
    return open_at(backup, 0, key);
}

static enum fob_status try_password(void *context,
                                    const struct fob_secret *password,
                                    struct fob_error *error)
{
    struct backup *backup = context;
    uint8_t key[CIPHER_KEY_LEN];
    enum fob_status status = FOB_E_WRONG_KEY;

    if (backup->rounds != 0)
        status = open_new(backup, password, key);
    if (status == FOB_E_WRONG_KEY)
        status = open_old(backup, password, key);
    fob_wipe(key, sizeof(key));
    return status == FOB_E_NO_MEMORY ? fob_error_no_memory(error) : status;
}

static enum fob_status read_plain(const struct fob_secret *plain,
                                  struct import_sink *sink)
{
    struct fob_span array;
    size_t line;

    if (fob_json_view_open((struct fob_span){(char *)plain->data, plain->len},
                           &array, &line) != FOB_OK)
        return json_entry_strange("andOTP", sink->error);
    return andotp_accounts(array, sink);
}

static enum fob_status read_backup(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_secret plain = {0};
    struct backup backup = {file->text, read_rounds(file->text), &plain};
    enum fob_status status =
        password_ask(sink->callbacks, "file, if it is a backup of andOTP",
                     try_password, &backup, sink->error);

    if (status == FOB_OK)
        status = read_plain(&plain, sink);
    fob_secret_free(&plain);
    return status;
}

const struct import_format import_andotp_sealed = {
    .app = "andOTP", .is_mine = is_mine, .read = read_backup};
