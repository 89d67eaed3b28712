/* SPDX-License-Identifier: MIT */
/* What is inside is a URI a line, as in the plain export. */
#include "host/import/apps/apps.h"
#include "host/import/apps/argon2_file.h"
#include "host/import/crypt/secretstream.h"
#include "host/import/json/json_base64.h"
#include "host/import/json/json_view.h"
#include "host/import/text/lines.h"

enum { VERSION_MAX = 1, BYTES_OF_KIB = 1024 };

static const char name[] = "Ente Auth export";

static enum fob_status say_malformed(enum fob_status status,
                                     struct fob_error *error)
{
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    return fob_error_set(error, FOB_E_SYNTAX,
                         "the header or the data of the %s is malformed", name);
}

/* The parts of the file that are bytes. */
struct bytes {
    struct fob_secret salt;
    struct fob_secret header;
};

static enum fob_status decrypt(const struct argon2_file *file,
                               const uint8_t key[static ARGON2ID_KEY_LEN],
                               struct fob_secret *sealed)
{
    return secretstream_open(key, file->nonce, sealed);
}

/* libsodium's limits: bytes, and passes. */
static enum fob_status read_kdf(struct fob_span value, struct bytes *bytes,
                                struct argon2_file *file)
{
    enum { MEMORY, PASSES, SALT, COUNT };
    static const char *const names[COUNT] = {"memLimit", "opsLimit", "salt"};
    struct fob_span member[COUNT];
    uint64_t memory_bytes;

    if (fob_json_view_members(value, names, COUNT, member) != FOB_OK ||
        fob_json_view_number(member[MEMORY], INT64_MAX, &memory_bytes) !=
            FOB_OK ||
        fob_json_view_number(member[PASSES], UINT32_MAX, &file->input.passes) !=
            FOB_OK)
        return FOB_E_SYNTAX;
    file->input.memory_kib = memory_bytes / BYTES_OF_KIB;
    return json_base64_read(member[SALT], &bytes->salt);
}

enum { VERSION, KDF, DATA, NONCE, COUNT };

static enum fob_status find_parts(const struct import_file *file,
                                  struct fob_span member[COUNT])
{
    static const char *const names[COUNT] = {
        "version", "kdfParams", "encryptedData", "encryptionNonce"};

    return fob_json_view_members(file->json, names, COUNT, member);
}

static enum fob_status read_parts(const struct fob_span member[COUNT],
                                  struct bytes *bytes, struct argon2_file *file)
{
    enum fob_status status = read_kdf(member[KDF], bytes, file);

    if (status == FOB_OK)
        status = json_base64_read(member[NONCE], &bytes->header);
    if (status == FOB_OK)
        status = json_base64_read(member[DATA], &file->sealed);
    if (status != FOB_OK)
        return status;
    file->input.salt = (struct kdf_salt){bytes->salt.data, bytes->salt.len};
    file->nonce = bytes->header.data;
    return bytes->header.len == SECRETSTREAM_HEADER_LEN ? FOB_OK : FOB_E_SYNTAX;
}

static enum fob_status open_export(const struct fob_span member[COUNT],
                                   const struct fob_import_callbacks *callbacks,
                                   struct fob_secret *plain,
                                   struct fob_error *error)
{
    struct argon2_file file = {.input = {.file = name, .lanes = 1},
                               .decrypt = decrypt};
    struct bytes bytes = {0};
    enum fob_status status = read_parts(member, &bytes, &file);

    if (status == FOB_OK)
        status = argon2_file_open(&file, callbacks, plain, error);
    else
        status = say_malformed(status, error);
    fob_secret_free(&bytes.salt);
    fob_secret_free(&bytes.header);
    fob_secret_free(&file.sealed);
    return status;
}

static enum fob_status check_version(struct fob_span value,
                                     struct fob_error *error)
{
    uint64_t version;

    if (fob_json_view_number(value, UINT32_MAX, &version) != FOB_OK)
        return say_malformed(FOB_E_SYNTAX, error);
    if (version <= VERSION_MAX)
        return FOB_OK;
    return fob_error_set(error, FOB_E_VERSION,
                         "the %s has version %u, and fob knows those up to %d",
                         name, (unsigned)version, VERSION_MAX);
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span member[COUNT];

    return find_parts(file, member) == FOB_OK && member[VERSION].at != NULL &&
           member[KDF].at != NULL && member[DATA].at != NULL;
}

static enum fob_status read_export(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_span member[COUNT];
    struct fob_secret plain = {0};
    enum fob_status status;

    if (find_parts(file, member) != FOB_OK)
        return say_malformed(FOB_E_SYNTAX, sink->error);
    status = check_version(member[VERSION], sink->error);
    if (status == FOB_OK)
        status = open_export(member, sink->callbacks, &plain, sink->error);
    sink->unit = "line";
    if (status == FOB_OK)
        status =
            lines_read((struct fob_span){(char *)plain.data, plain.len}, sink);
    fob_secret_free(&plain);
    return status;
}

const struct import_format import_ente = {
    .app = "Ente Auth", .is_mine = is_mine, .read = read_export};
