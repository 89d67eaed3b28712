/* SPDX-License-Identifier: MIT */
/*
 * Aegis vaults: the input as a whole file, and as what an encrypted vault
 * holds, sealed here under a key and password that fob is then given.
 */
#include "host/import/import.h"
#include "tests/fuzz/import_item.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_LEN = 32, NONCE_LEN = 12, TAG_LEN = 16, SEALED_MAX = 1 << 16 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char password[] = "test";
static const uint8_t master[KEY_LEN] = {1, 2, 3};
static const uint8_t nonce[NONCE_LEN] = {4, 5, 6};

static void require(bool good)
{
    if (!good)
        abort();
}

static void seal(const uint8_t *key, const uint8_t *plain, size_t len,
                 uint8_t *sealed, uint8_t tag[TAG_LEN])
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int done = 0;

    require(EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce));
    require(EVP_EncryptUpdate(context, sealed, &done, plain, (int)len));
    require(EVP_EncryptFinal_ex(context, sealed + done, &done));
    require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_LEN, tag));
    EVP_CIPHER_CTX_free(context);
}

static void put_hex(char *text, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        sprintf(text + 2 * i, "%02x", bytes[i]);
}

static char slot[512];

/* The one slot of all vaults here, of the least cost that scrypt has. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    uint8_t wrapper[KEY_LEN], sealed[KEY_LEN], tag[TAG_LEN];
    char key_hex[2 * KEY_LEN + 1], nonce_hex[2 * NONCE_LEN + 1];
    char tag_hex[2 * TAG_LEN + 1];

    (void)argc;
    (void)argv;
    require(EVP_PBE_scrypt(password, strlen(password), (uint8_t[]){0}, 1, 2, 1,
                           1, 1 << 20, wrapper, KEY_LEN));
    seal(wrapper, master, KEY_LEN, sealed, tag);
    put_hex(key_hex, sealed, sizeof(sealed));
    put_hex(nonce_hex, nonce, sizeof(nonce));
    put_hex(tag_hex, tag, sizeof(tag));
    snprintf(slot, sizeof(slot),
             "{\"type\":1,\"n\":2,\"r\":1,\"p\":1,\"salt\":\"00\",\"key\":\"%s"
             "\",\"key_params\":{\"nonce\":\"%s\",\"tag\":\"%s\"}}",
             key_hex, nonce_hex, tag_hex);
    return fob_secret_start() == FOB_OK ? 0 : 1;
}

struct listener {
    unsigned asked;
    size_t place;
};

static enum fob_status ask(void *context, const char *name, bool wrong,
                           struct fob_secret *answer, struct fob_error *error)
{
    struct listener *listener = context;

    (void)name;
    (void)error;
    require(wrong == (listener->asked > 0) && listener->asked < 3);
    listener->asked++;
    return fob_secret_copy(answer, password, strlen(password));
}

static enum fob_status take(void *context, const struct fob_import_item *item,
                            struct fob_error *error)
{
    struct listener *listener = context;

    (void)error;
    import_item_check(item);
    /* A line may hold several; an entry is one. */
    require(strcmp(item->unit, "entry") == 0 ? item->place > listener->place
                                             : item->place >= listener->place);
    listener->place = item->place;
    return FOB_OK;
}

static enum fob_status read_file(const uint8_t *data, size_t size)
{
    struct listener listener = {0};
    const struct fob_import_callbacks face = {
        .context = &listener, .ask = ask, .take = take};
    const struct fob_import_file file = {.data = {(const char *)data, size}};
    struct fob_error error = {0};
    enum fob_status status = fob_import_read(&file, 1, &face, &error);

    require(status == error.status);
    return status;
}

static void read_sealed(const uint8_t *plain, size_t len)
{
    size_t cap = sizeof(slot) + 2 * len + 256;
    char nonce_hex[2 * NONCE_LEN + 1], tag_hex[2 * TAG_LEN + 1];
    uint8_t tag[TAG_LEN], *sealed = malloc(len + 1);
    char *file = malloc(cap);
    enum fob_status status;
    int at;

    require(sealed != NULL && file != NULL);
    seal(master, plain, len, sealed, tag);
    put_hex(nonce_hex, nonce, sizeof(nonce));
    put_hex(tag_hex, tag, sizeof(tag));
    at = snprintf(file, cap,
                  "{\"version\":1,\"header\":{\"slots\":[%s],\"params\":{"
                  "\"nonce\":\"%s\",\"tag\":\"%s\"}},\"db\":\"",
                  slot, nonce_hex, tag_hex);
    at += EVP_EncodeBlock((uint8_t *)file + at, sealed, (int)len);
    strcpy(file + at, "\"}");
    status = read_file((uint8_t *)file, strlen(file));
    require(status != FOB_E_DAMAGED && status != FOB_E_WRONG_KEY);
    free(file);
    free(sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)read_file(data, size);
    if (size <= SEALED_MAX)
        read_sealed(data, size);
    return 0;
}
