/* SPDX-License-Identifier: MIT */
/*
 * Exports with heavier keys, by the first byte: 'B', what a Bitwarden export
 * holds, sealed here at the least cost; 'C' and 'X', what the ciphers get that
 * tell no wrong key before they work, as AES-CBC, or have a layout of their
 * own; else a whole file, for whose password nobody can be asked.
 */
#include "host/import/crypt/secretstream.h"
#include "host/import/import.h"
#include "src/hmac.h"
#include "src/sha256.h"
#include "tests/fuzz/import_item.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_LEN = 32, IV_LEN = 16, SEALED_MAX = 1 << 16 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char password[] = "test", salt[] = "salt";
static const uint8_t iv[IV_LEN] = {1, 2, 3};
static uint8_t text_key[KEY_LEN], mac_key[KEY_LEN];

static void require(bool good)
{
    if (!good)
        abort();
}

static void mac_of(const uint8_t *key, const void *data, size_t len,
                   uint8_t *mac)
{
    struct fob_hmac_key hmac;

    fob_hmac_key_init(&hmac, &fob_sha256, key, KEY_LEN);
    fob_hmac(&hmac, data, len, mac);
    fob_hmac_key_clear(&hmac);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    uint8_t key[KEY_LEN];

    (void)argc;
    (void)argv;
    require(PKCS5_PBKDF2_HMAC(password, -1, (const uint8_t *)salt,
                              sizeof(salt) - 1, 1, EVP_sha256(), KEY_LEN,
                              key) == 1);
    mac_of(key, "enc\1", 4, text_key);
    mac_of(key, "mac\1", 4, mac_key);
    return fob_secret_start() == FOB_OK ? 0 : 1;
}

static enum fob_status ask(void *context, const char *name, bool wrong,
                           struct fob_secret *answer, struct fob_error *error)
{
    const bool *is_known = context;

    (void)name;
    require(!wrong);
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

static enum fob_status read_file(const void *data, size_t size, bool is_known)
{
    const struct fob_import_callbacks face = {
        .context = &is_known, .ask = ask, .take = take};
    const struct fob_import_file file = {.data = {data, size}};
    struct fob_error error = {0};
    enum fob_status status = fob_import_read(&file, 1, &face, &error);

    require(status == error.status);
    return status;
}

/* "2.iv|text|mac" as a string of JSON's. */
static char *put_text(char *at, const uint8_t *plain, size_t len)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t *sealed = malloc(IV_LEN + len + IV_LEN), mac[KEY_LEN];
    int done = 0, rest = 0;

    require(context != NULL && sealed != NULL);
    memcpy(sealed, iv, IV_LEN);
    require(EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), NULL, text_key, iv));
    require(
        EVP_EncryptUpdate(context, sealed + IV_LEN, &done, plain, (int)len));
    require(EVP_EncryptFinal_ex(context, sealed + IV_LEN + done, &rest));
    EVP_CIPHER_CTX_free(context);
    done += rest;
    mac_of(mac_key, sealed, IV_LEN + (size_t)done, mac);
    at += sprintf(at, "\"2.");
    at += EVP_EncodeBlock((uint8_t *)at, iv, IV_LEN);
    *at++ = '|';
    at += EVP_EncodeBlock((uint8_t *)at, sealed + IV_LEN, done);
    *at++ = '|';
    at += EVP_EncodeBlock((uint8_t *)at, mac, sizeof(mac));
    *at++ = '"';
    free(sealed);
    return at;
}

static void read_bitwarden(const uint8_t *plain, size_t len)
{
    char *file = malloc(2 * len + 1024), *at = file;
    enum fob_status status;

    require(file != NULL);
    at += sprintf(at,
                  "{\"encrypted\":true,\"passwordProtected\":true,\"salt\":"
                  "\"%s\",\"kdfType\":0,\"kdfIterations\":1,"
                  "\"encKeyValidation_DO_NOT_EDIT\":",
                  salt);
    at = put_text(at, (const uint8_t *)"check", 5);
    at += sprintf(at, ",\"data\":");
    at = put_text(at, plain, len);
    *at++ = '}';
    status = read_file(file, (size_t)(at - file), true);
    require(status != FOB_E_DAMAGED && status != FOB_E_WRONG_KEY);
    free(file);
}

static void decrypt(const uint8_t *data, size_t size, bool is_stream)
{
    const size_t head_len = is_stream ? SECRETSTREAM_HEADER_LEN : IV_LEN;
    struct fob_secret sealed = {0};
    enum fob_status status;

    if (size < head_len)
        return;
    require(fob_secret_copy(&sealed, data + head_len, size - head_len) ==
            FOB_OK);
    status = is_stream ? secretstream_open(text_key, data, &sealed)
                       : cipher_cbc_open(text_key, data, &sealed);
    require(sealed.len < size - head_len || size == head_len);
    require(status == FOB_OK || sealed.len == 0);
    fob_secret_free(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > SEALED_MAX)
        return 0;
    if (data[0] == 'B')
        read_bitwarden(data + 1, size - 1);
    else if (data[0] == 'C' || data[0] == 'X')
        decrypt(data + 1, size - 1, data[0] == 'X');
    else
        (void)read_file(data, size, false);
    return 0;
}
