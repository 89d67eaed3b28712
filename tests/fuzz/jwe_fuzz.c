/* SPDX-License-Identifier: MIT */
/*
 * aws-vault's files: the input as a whole file; and as what one holds, sealed
 * here by OpenSSL under a password that fob is then given.
 */
#include "host/import/keys/jwe.h"

#include "tests/lib/exact.h"

#include <openssl/evp.h>

enum { WRAPPER_LEN = 16, PLAIN_MAX = 4096, ROUNDS_TRIED = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char header[] = "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":"
                             "\"A256GCM\",\"p2c\":2,\"p2s\":\"AAEC\"}";
static const char salt[] = "PBES2-HS256+A128KW\0\0\1\2";

static void must(bool held)
{
    if (!held)
        abort();
}

static size_t put_base64(char *out, const void *data, size_t len)
{
    size_t end = (size_t)EVP_EncodeBlock((uint8_t *)out, data, (int)len);

    while (end > 0 && out[end - 1] == '=')
        end--;
    out[end] = '\0';
    return end;
}

static void wrap_key(const uint8_t *key, uint8_t *wrapped)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t wrapper[WRAPPER_LEN];
    int len;

    must(PKCS5_PBKDF2_HMAC("test", 4, (const uint8_t *)salt, sizeof(salt) - 1,
                           2, EVP_sha256(), sizeof(wrapper), wrapper) == 1);
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    must(EVP_EncryptInit_ex(context, EVP_aes_128_wrap(), NULL, wrapper, NULL));
    must(EVP_EncryptUpdate(context, wrapped, &len, key, FOB_JWE_KEY_LEN));
    must(len == FOB_JWE_WRAPPED_LEN);
    EVP_CIPHER_CTX_free(context);
}

/* The whole text of a file that holds `plain`. */
static void seal(const uint8_t *plain, size_t len, char *text)
{
    static const uint8_t key[FOB_JWE_KEY_LEN] = {1}, nonce[FOB_JWE_NONCE_LEN];
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t wrapped[FOB_JWE_WRAPPED_LEN], sealed[PLAIN_MAX + 1];
    uint8_t tag[FOB_JWE_TAG_LEN];
    char *at = text + put_base64(text, header, sizeof(header) - 1);
    int done;

    wrap_key(key, wrapped);
    must(EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce));
    must(EVP_EncryptUpdate(context, NULL, &done, (const uint8_t *)text,
                           (int)(at - text)));
    must(EVP_EncryptUpdate(context, sealed, &done, plain, (int)len));
    must(EVP_EncryptFinal_ex(context, sealed + done, &done));
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, sizeof(tag), tag));
    EVP_CIPHER_CTX_free(context);
    *at++ = '.';
    at += put_base64(at, wrapped, sizeof(wrapped));
    *at++ = '.';
    at += put_base64(at, nonce, sizeof(nonce));
    *at++ = '.';
    at += put_base64(at, sealed, len);
    *at++ = '.';
    put_base64(at, tag, sizeof(tag));
}

static enum fob_status open_text(const char *text, size_t len,
                                 struct fob_secret *plain)
{
    struct fob_secret password = {0};
    struct fob_jwe jwe;
    char *copy = exact_copy(text, len);
    enum fob_status status = fob_jwe_read((struct fob_span){copy, len}, &jwe);

    if (status != FOB_OK)
        must(jwe.sealed.data == NULL && jwe.rounds == 0);
    else
        must(jwe.rounds > 0 && jwe.salt_len <= FOB_JWE_SALT_MAX);
    must(fob_secret_copy(&password, "test", 4) == FOB_OK);
    if (status == FOB_OK && jwe.rounds <= ROUNDS_TRIED)
        status = fob_jwe_open(&jwe, &password, plain);
    fob_jwe_free(&jwe);
    fob_secret_free(&password);
    free(copy);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[2 * PLAIN_MAX + 1024];
    struct fob_secret plain = {0};

    if (fob_secret_start() != FOB_OK)
        return -1;
    (void)!open_text((const char *)data, size, &plain);
    fob_secret_free(&plain);
    if (size == 0 || size > PLAIN_MAX)
        return 0;
    seal(data, size, text);
    must(open_text(text, strlen(text), &plain) == FOB_OK);
    must(plain.len == size && memcmp(plain.data, data, size) == 0);
    fob_secret_free(&plain);
    return 0;
}
