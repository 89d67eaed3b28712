/* SPDX-License-Identifier: MIT */
#include "host/import/apps/argon2_file.h"

#include "host/import/sink/password.h"

struct attempt {
    const struct argon2_file *file;
    struct fob_secret *plain;
};

static enum fob_status decrypt_copy(const struct attempt *attempt,
                                    const uint8_t *key, struct fob_error *error)
{
    const struct argon2_file *file = attempt->file;

    if (fob_secret_copy(attempt->plain, file->sealed.data, file->sealed.len) !=
        FOB_OK)
        return fob_error_no_memory(error);
    if (file->decrypt(file, key, attempt->plain) == FOB_OK)
        return FOB_OK;
    fob_secret_free(attempt->plain);
    return FOB_E_WRONG_KEY;
}

static enum fob_status try_password(void *context,
                                    const struct fob_secret *password,
                                    struct fob_error *error)
{
    const struct attempt *attempt = context;
    struct fob_secret key = {0};
    enum fob_status status = fob_secret_alloc(&key, ARGON2ID_KEY_LEN);

    if (status != FOB_OK)
        return fob_error_no_memory(error);
    status = argon2id_derive(&attempt->file->input, password, key.data, error);
    if (status == FOB_OK)
        status = decrypt_copy(attempt, key.data, error);
    fob_secret_free(&key);
    return status;
}

enum fob_status argon2_file_open(const struct argon2_file *file,
                                 const struct fob_import_callbacks *callbacks,
                                 struct fob_secret *plain,
                                 struct fob_error *error)
{
    struct attempt attempt = {file, plain};
    enum fob_status status = argon2id_check(&file->input, error);

    if (status != FOB_OK)
        return status;
    return password_ask(callbacks, file->input.file, try_password, &attempt,
                        error);
}
