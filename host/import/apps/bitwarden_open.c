/* SPDX-License-Identifier: MIT */
#include "host/import/apps/bitwarden_open.h"

#include "host/import/apps/bitwarden_text.h"
#include "host/import/crypt/argon2id.h"
#include "host/import/crypt/kdf.h"
#include "host/import/json/json_view.h"
#include "host/import/sink/password.h"
#include "src/sha256.h"
#include "src/wipe.h"

#include <string.h>

enum kdf_type { PBKDF2 = 0, ARGON2ID = 1 };

/* Bitwarden has 2 million rounds at most. */
enum { ROUNDS_MAX = 4000000, KIB_OF_MIB = 1024 };

static const char name[] = "Bitwarden export";

/* All that stands in the file. */
struct sealed {
    enum kdf_type type;
    uint32_t rounds;
    struct argon2id_input argon2;
    struct fob_secret salt; /* text, never decoded */
    uint8_t salt_digest[FOB_SHA256_LEN];
    struct bitwarden_text check, data; /* `check` is of the password alone */
    uint8_t *key;
};

enum member { SALT, TYPE, ROUNDS, MEMORY, LANES, CHECK, DATA, COUNT };

static enum fob_status say_malformed(enum fob_status status,
                                     struct fob_error *error)
{
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    return fob_error_set(error, FOB_E_SYNTAX,
                         "the header or the data of the %s is malformed", name);
}

static enum fob_status read_salt(struct fob_span value, struct sealed *sealed,
                                 struct fob_error *error)
{
    struct fob_secret *salt = &sealed->salt;
    struct fob_digest digest;
    enum fob_status status = fob_secret_alloc(salt, value.len);

    if (status == FOB_OK)
        status = fob_json_view_text(value, (char *)salt->data, salt->cap);
    if (status != FOB_OK)
        return say_malformed(status, error);
    salt->len = strlen((char *)salt->data);
    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, salt->data, salt->len);
    fob_digest_final(&digest, sealed->salt_digest);
    return FOB_OK;
}

static enum fob_status read_pbkdf2(const struct fob_span member[COUNT],
                                   struct sealed *sealed,
                                   struct fob_error *error)
{
    uint64_t rounds;
    enum fob_status status =
        fob_json_view_number(member[ROUNDS], ROUNDS_MAX, &rounds);

    sealed->rounds = (uint32_t)rounds;
    if (status == FOB_E_TOO_LONG)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "the %s asks for more than %d rounds of PBKDF2",
                             name, ROUNDS_MAX);
    if (status != FOB_OK || rounds == 0)
        return say_malformed(FOB_E_SYNTAX, error);
    return FOB_OK;
}

static enum fob_status read_argon2id(const struct fob_span member[COUNT],
                                     struct sealed *sealed,
                                     struct fob_error *error)
{
    uint64_t memory_mib = 0;

    sealed->argon2 = (struct argon2id_input){
        .file = name,
        .salt = {sealed->salt_digest, sizeof(sealed->salt_digest)}};
    if (fob_json_view_number(member[MEMORY], UINT32_MAX, &memory_mib) !=
            FOB_OK ||
        fob_json_view_number(member[ROUNDS], UINT32_MAX,
                             &sealed->argon2.passes) != FOB_OK ||
        fob_json_view_number(member[LANES], UINT32_MAX,
                             &sealed->argon2.lanes) != FOB_OK)
        return say_malformed(FOB_E_SYNTAX, error);
    sealed->argon2.memory_kib = memory_mib * KIB_OF_MIB;
    return argon2id_check(&sealed->argon2, error);
}

static enum fob_status read_kdf(const struct fob_span member[COUNT],
                                struct sealed *sealed, struct fob_error *error)
{
    uint64_t type;

    if (fob_json_view_number(member[TYPE], UINT32_MAX, &type) != FOB_OK)
        return say_malformed(FOB_E_SYNTAX, error);
    sealed->type = type == PBKDF2 ? PBKDF2 : ARGON2ID;
    if (type == PBKDF2)
        return read_pbkdf2(member, sealed, error);
    if (type == ARGON2ID)
        return read_argon2id(member, sealed, error);
    return fob_error_set(error, FOB_E_VERSION,
                         "the %s has a key of kind %u (kdfType), which is "
                         "newer than fob",
                         name, (unsigned)type);
}

static enum fob_status read_texts(const struct fob_span member[COUNT],
                                  struct sealed *sealed,
                                  struct fob_error *error)
{
    enum fob_status status = bitwarden_text_read(member[DATA], &sealed->data);

    if (status == FOB_OK)
        status = bitwarden_text_read(member[CHECK], &sealed->check);
    if (status == FOB_OK)
        return FOB_OK;
    if (status != FOB_E_VERSION)
        return say_malformed(status, error);
    return fob_error_set(error, status,
                         "the %s is encrypted in a way that is newer than "
                         "fob",
                         name);
}

static enum fob_status read_sealed(struct fob_span file, struct sealed *sealed,
                                   struct fob_error *error)
{
    static const char *const names[COUNT] = {
        "salt",      "kdfType",        "kdfIterations",
        "kdfMemory", "kdfParallelism", "encKeyValidation_DO_NOT_EDIT",
        "data"};
    struct fob_span member[COUNT];
    enum fob_status status = fob_json_view_members(file, names, COUNT, member);

    if (status != FOB_OK)
        return say_malformed(status, error);
    status = read_salt(member[SALT], sealed, error);
    if (status == FOB_OK)
        status = read_kdf(member, sealed, error);
    return status == FOB_OK ? read_texts(member, sealed, error) : status;
}

static enum fob_status derive_key(struct sealed *sealed,
                                  const struct fob_secret *password,
                                  struct fob_error *error)
{
    const struct kdf_salt salt = {sealed->salt.data, sealed->salt.len};

    if (sealed->type == ARGON2ID)
        return argon2id_derive(&sealed->argon2, password, sealed->key, error);
    if (kdf_pbkdf2(password, salt, FOB_SHA256, sealed->rounds, sealed->key,
                   CIPHER_KEY_LEN) != FOB_OK)
        return fob_error_no_memory(error);
    return FOB_OK;
}

static enum fob_status try_password(void *context,
                                    const struct fob_secret *password,
                                    struct fob_error *error)
{
    struct sealed *sealed = context;
    enum fob_status status = derive_key(sealed, password, error);

    if (status != FOB_OK)
        return status;
    return bitwarden_text_is_of(&sealed->check, sealed->key) ? FOB_OK
                                                             : FOB_E_WRONG_KEY;
}

static enum fob_status open_data(struct sealed *sealed,
                                 struct fob_secret *plain,
                                 struct fob_error *error)
{
    struct bitwarden_text *data = &sealed->data;

    if (!bitwarden_text_is_of(data, sealed->key) ||
        bitwarden_text_open(data, sealed->key) != FOB_OK)
        return fob_error_set(error, FOB_E_DAMAGED,
                             "the %s is damaged: its password is right, but "
                             "its data are not as they were written",
                             name);
    *plain = data->sealed;
    data->sealed = (struct fob_secret){0};
    return FOB_OK;
}

enum fob_status bitwarden_open(struct fob_span file,
                               const struct fob_import_callbacks *callbacks,
                               struct fob_secret *plain,
                               struct fob_error *error)
{
    struct sealed sealed = {0};
    struct fob_secret key = {0};
    enum fob_status status = read_sealed(file, &sealed, error);

    if (status == FOB_OK && fob_secret_alloc(&key, CIPHER_KEY_LEN) != FOB_OK)
        status = fob_error_no_memory(error);
    sealed.key = key.data;
    if (status == FOB_OK)
        status = password_ask(callbacks, name, try_password, &sealed, error);
    if (status == FOB_OK)
        status = open_data(&sealed, plain, error);
    fob_secret_free(&key);
    fob_secret_free(&sealed.salt);
    bitwarden_text_free(&sealed.check);
    bitwarden_text_free(&sealed.data);
    return status;
}
