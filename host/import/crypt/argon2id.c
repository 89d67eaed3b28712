/* SPDX-License-Identifier: MIT */
#include "host/import/crypt/argon2id.h"

#include "host/import/crypt/argon2_library.h"
#include "src/wipe.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <pthread.h>
#include <sys/mman.h>

/* Ente's largest is 1 GiB four times, Bitwarden's ten times. */
enum {
    MEMORY_KIB_MAX = 1 << 20,
    WORK_KIB_MAX = 10 << 20,
    LANES_MAX = 64,
    LANE_KIB_MIN = 8, /* RFC 9106, 3.1 */
    SALT_LEN_MIN = 8, /* of both libraries */
};

/* With a GiB each, one is enough. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static bool may_be(const struct argon2id_input *input)
{
    return input->passes > 0 && input->lanes > 0 &&
           input->salt.len >= SALT_LEN_MIN && input->salt.len <= INT_MAX &&
           input->memory_kib / LANE_KIB_MIN >= input->lanes;
}

static bool is_affordable(const struct argon2id_input *input)
{
    return input->memory_kib <= MEMORY_KIB_MAX &&
           input->passes <= WORK_KIB_MAX / input->memory_kib &&
           input->lanes <= LANES_MAX;
}

/* NULL where libcrypto is older than 3.2, or of a provider without it. */
static EVP_KDF *fetch_kdf(void)
{
    return EVP_KDF_fetch(NULL, "ARGON2ID", NULL);
}

static bool is_installed(void)
{
    EVP_KDF *kdf = fetch_kdf();
    bool is_there = kdf != NULL || argon2_library_load() != NULL;

    EVP_KDF_free(kdf);
    return is_there;
}

enum fob_status argon2id_check(const struct argon2id_input *input,
                               struct fob_error *error)
{
    if (!may_be(input))
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the %s has costs or a salt that Argon2id does "
                             "not have",
                             input->file);
    if (!is_affordable(input))
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "the %s asks for more memory or work than fob "
                             "allows",
                             input->file);
    if (is_installed())
        return FOB_OK;
    fob_error_set(error, FOB_E_FAILED,
                  "the key of the %s is made by Argon2id, which needs "
                  "libargon2, and that is not installed",
                  input->file);
    fob_error_hint(error, "install libargon2 (Debian and Ubuntu have it as "
                          "libargon2-1)");
    return FOB_E_FAILED;
}

/* The kernel clears what comes back to it; no core dump has it meanwhile. */
static int allocate_pages(uint8_t **memory, size_t len)
{
    void *map = mmap(NULL, len, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    *memory = map == MAP_FAILED ? NULL : map;
    if (*memory == NULL)
        return -1;
    (void)madvise(map, len, MADV_DONTDUMP);
    (void)madvise(map, len, MADV_HUGEPAGE); /* half the time of a GiB */
    return ARGON2_LIBRARY_OK;
}

static void release_pages(uint8_t *memory, size_t len)
{
    if (memory == NULL)
        return;
    fob_wipe(memory, len);
    munmap(memory, len);
}

static bool derive_by_library(const struct argon2id_input *input,
                              const struct fob_secret *password, uint8_t *key)
{
    struct argon2_library_call call = {
        .out = key,
        .out_len = ARGON2ID_KEY_LEN,
        .password = password->data,
        .password_len = (uint32_t)password->len,
        .salt = (uint8_t *)(uintptr_t)input->salt.data,
        .salt_len = (uint32_t)input->salt.len,
        .passes = (uint32_t)input->passes,
        .memory_kib = (uint32_t)input->memory_kib,
        .lanes = (uint32_t)input->lanes,
        .threads = 1,
        .version = ARGON2_LIBRARY_VERSION,
        .allocate = allocate_pages,
        .release = release_pages,
    };

    return argon2_library_load()->derive(&call, ARGON2_LIBRARY_ID) ==
           ARGON2_LIBRARY_OK;
}

/* The names are those of OSSL_KDF_PARAM_ARGON2_*, which came with 3.2. */
static bool derive_by_kdf(EVP_KDF *kdf, const struct argon2id_input *input,
                          const struct fob_secret *password, uint8_t *key)
{
    static char nothing[1];
    uint32_t passes = (uint32_t)input->passes, lanes = (uint32_t)input->lanes;
    uint32_t memory_kib = (uint32_t)input->memory_kib;
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(
            "pass", password->len > 0 ? (void *)password->data : nothing,
            password->len),
        OSSL_PARAM_construct_octet_string(
            "salt", (void *)(uintptr_t)input->salt.data, input->salt.len),
        OSSL_PARAM_construct_uint32("iter", &passes),
        OSSL_PARAM_construct_uint32("lanes", &lanes),
        OSSL_PARAM_construct_uint32("memcost", &memory_kib),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    bool is_derived =
        context != NULL &&
        EVP_KDF_derive(context, key, ARGON2ID_KEY_LEN, params) == 1;

    EVP_KDF_CTX_free(context);
    return is_derived;
}

enum fob_status argon2id_derive(const struct argon2id_input *input,
                                const struct fob_secret *password,
                                uint8_t key[static ARGON2ID_KEY_LEN],
                                struct fob_error *error)
{
    EVP_KDF *kdf = fetch_kdf();
    bool is_derived;

    pthread_mutex_lock(&one_at_a_time);
    is_derived = password->len <= INT_MAX &&
                 (kdf != NULL ? derive_by_kdf(kdf, input, password, key)
                              : derive_by_library(input, password, key));
    pthread_mutex_unlock(&one_at_a_time);
    EVP_KDF_free(kdf);
    if (is_derived)
        return FOB_OK;
    fob_wipe(key, ARGON2ID_KEY_LEN);
    return fob_error_no_memory(error);
}
