/* SPDX-License-Identifier: MIT */
#include "host/import/apps/proton_open.h"

#include "host/import/apps/argon2_file.h"
#include "host/import/crypt/cipher.h"
#include "host/import/json/json_base64.h"

#include <string.h>

/* Of version 1; none of it stands in the file. */
enum { MEMORY_KIB = 19 << 10, PASSES = 2, LANES = 1 };
enum { SALT_LEN = 16, NONCE_LEN = 12, AROUND_LEN = NONCE_LEN + CIPHER_TAG_LEN };

static const char name[] = "Proton Authenticator export";
static const char purpose[] = "proton.authenticator.export.v1";

/* The nonce stands before the text, the tag behind it. */
static enum fob_status decrypt(const struct argon2_file *file,
                               const uint8_t key[static ARGON2ID_KEY_LEN],
                               struct fob_secret *sealed)
{
    size_t len = sealed->len - AROUND_LEN;
    const struct cipher_gcm gcm = {
        .nonce = file->sealed.data,
        .nonce_len = NONCE_LEN,
        .tag = file->sealed.data + NONCE_LEN + len,
        .bound = {purpose, sizeof(purpose) - 1},
    };

    memmove(sealed->data, sealed->data + NONCE_LEN, len);
    sealed->len = len;
    return cipher_gcm_open(key, &gcm, sealed);
}

static enum fob_status read_parts(struct fob_span salt, struct fob_span content,
                                  struct fob_secret *salt_bytes,
                                  struct argon2_file *file)
{
    enum fob_status status = json_base64_read(salt, salt_bytes);

    if (status == FOB_OK)
        status = json_base64_read(content, &file->sealed);
    if (status != FOB_OK)
        return status;
    file->input.salt = (struct kdf_salt){salt_bytes->data, salt_bytes->len};
    return salt_bytes->len == SALT_LEN && file->sealed.len >= AROUND_LEN
               ? FOB_OK
               : FOB_E_SYNTAX;
}

enum fob_status proton_open(struct fob_span salt, struct fob_span content,
                            const struct fob_import_callbacks *callbacks,
                            struct fob_secret *plain, struct fob_error *error)
{
    struct argon2_file file = {
        .input = {.file = name,
                  .memory_kib = MEMORY_KIB,
                  .passes = PASSES,
                  .lanes = LANES},
        .decrypt = decrypt,
    };
    struct fob_secret salt_bytes = {0};
    enum fob_status status = read_parts(salt, content, &salt_bytes, &file);

    if (status == FOB_OK)
        status = argon2_file_open(&file, callbacks, plain, error);
    else if (status == FOB_E_NO_MEMORY)
        fob_error_no_memory(error);
    else
        fob_error_set(error, status,
                      "the salt or the content of the %s is malformed", name);
    fob_secret_free(&salt_bytes);
    fob_secret_free(&file.sealed);
    return status;
}
