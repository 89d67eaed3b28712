/* SPDX-License-Identifier: MIT */
/*
 * Other apps' files and texts of any kind: the input as a whole file, for whose
 * password nobody can be asked; and, behind a 'S', as what an encrypted backup
 * of andOTP holds, sealed here in the layout that costs no rounds.
 */
#include "host/import/import.h"
#include "tests/fuzz/import_item.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_LEN = 32, NONCE_LEN = 12, TAG_LEN = 16, SEALED_MAX = 1 << 16 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char password[] = "test";
static const uint8_t nonce[NONCE_LEN] = {0x80, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static uint8_t key[KEY_LEN];

static void require(bool good)
{
    if (!good)
        abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    require(EVP_Digest(password, strlen(password), key, NULL, EVP_sha256(),
                       NULL) == 1);
    return fob_secret_start() == FOB_OK ? 0 : 1;
}

static enum fob_status ask(void *context, const char *name, bool wrong,
                           struct fob_secret *answer, struct fob_error *error)
{
    const bool *is_known = context;

    (void)name;
    require(!wrong || *is_known);
    if (!*is_known)
        return fob_error_set(error, FOB_E_NOBODY, "nobody to ask");
    return fob_secret_copy(answer, password, strlen(password));
}

static enum fob_status take(void *context, const struct fob_import_item *item,
                            struct fob_error *error)
{
    (void)context;
    (void)error;
    import_item_check(item);
    return FOB_OK;
}

static enum fob_status read_file(const uint8_t *data, size_t size,
                                 bool is_known)
{
    const struct fob_import_callbacks face = {
        .context = &is_known, .ask = ask, .take = take};
    const struct fob_import_file file = {.data = {(const char *)data, size}};
    struct fob_error error = {0};
    enum fob_status status = fob_import_read(&file, 1, &face, &error);

    require(status == error.status);
    require(status == FOB_OK || error.text[0] != '\0');
    return status;
}

static void read_sealed(const uint8_t *plain, size_t len)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t *file = malloc(NONCE_LEN + len + TAG_LEN);
    uint8_t *at = file + NONCE_LEN;
    enum fob_status status;
    int done = 0;

    require(context != NULL && file != NULL);
    memcpy(file, nonce, NONCE_LEN);
    require(EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce));
    require(EVP_EncryptUpdate(context, at, &done, plain, (int)len));
    require(EVP_EncryptFinal_ex(context, at + done, &done));
    require(
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_LEN, at + len));
    EVP_CIPHER_CTX_free(context);
    status = read_file(file, NONCE_LEN + len + TAG_LEN, true);
    require(status != FOB_E_WRONG_KEY);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 2 && size <= SEALED_MAX && data[0] == 'S')
        read_sealed(data + 1, size - 1);
    else
        (void)read_file(data, size, false);
    return 0;
}
