/* SPDX-License-Identifier: MIT */
#include "host/vault/vault_file.h"

#include "host/base/file.h"
#include "host/base/text.h"
#include "host/vault/body.h"
#include "host/vault/header.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char contents_info[] = "fob vault contents 1";

void vault_file_free(struct vault_file *file)
{
    fob_secret_free(&file->content);
    memset(file, 0, sizeof(*file));
}

static enum fob_status file_read(const char *path, struct vault_file *file,
                                 struct fob_error *error)
{
    memset(file, 0, sizeof(*file));
    if (fob_file_read_trusted(path, HEADER_FILE_MAX, FOB_FILE_UNCHANGED,
                              &file->content, error) != FOB_OK)
        return error->status;
    return header_read(
        (struct fob_seal_bytes){file->content.data, file->content.len},
        &file->header, &file->head, &file->sealed, error);
}

static bool file_is_whole(const char *path)
{
    struct vault_file file;
    struct fob_error error;
    bool whole = file_read(path, &file, &error) == FOB_OK;

    vault_file_free(&file);
    return whole;
}

/* The backup is offered, never put back unasked: it is older, and its HOTP
 * counters have been used. */
static void fault_hint_backup(const struct vault_location *location,
                              struct fob_error *error)
{
    if (file_is_whole(location->backup))
        fob_error_hint(error,
                       "the generation before it is whole; to go back to it: "
                       "cp %s %s",
                       location->backup, location->path);
    else
        fob_error_hint(error, "put back a copy of your own");
}

enum fob_status vault_file_fault(const struct vault_location *location,
                                 struct fob_error *error)
{
    char hint[sizeof(error->hint)];

    memcpy(hint, error->hint, sizeof(hint));
    fob_error_set(error, error->status, "the vault %s cannot be used: %s",
                  location->path, error->text);
    fob_error_advise(error, hint);
    switch (error->status) {
    case FOB_E_SYNTAX:
    case FOB_E_TOO_SHORT:
    case FOB_E_DAMAGED:
        if (hint[0] == '\0')
            fault_hint_backup(location, error);
        break;
    case FOB_E_VERSION:
        fob_error_hint(error, "install a newer fob");
        break;
    default:
        break;
    }
    return error->status;
}

static enum fob_status fault_no_vault(const struct vault_location *location,
                                      struct fob_error *error)
{
    fob_error_set(error, FOB_E_NOT_FOUND, "there is no vault at %s",
                  location->path);
    if (access(location->backup, F_OK) == 0)
        fault_hint_backup(location, error);
    else
        fob_error_hint(error, "to begin, fob add --qr FILE; from a backup, "
                              "fob restore FILE");
    return FOB_E_NOT_FOUND;
}

enum fob_status vault_file_read(const struct vault_location *location,
                                struct vault_file *file,
                                struct fob_error *error)
{
    enum fob_status status = file_read(location->path, file, error);

    if (status == FOB_OK)
        return FOB_OK;
    vault_file_free(file);
    return status == FOB_E_NOT_FOUND ? fault_no_vault(location, error)
                                     : vault_file_fault(location, error);
}

/* The key of one generation's contents: its salt is never used again, so a
 * nonce of zeros never seals twice. */
static enum fob_status contents_key(const struct fob_secret *key,
                                    const uint8_t *salt,
                                    struct fob_secret *contents)
{
    enum fob_status status = fob_secret_alloc(contents, FOB_SEAL_KEY_LEN);

    if (status != FOB_OK)
        return status;
    contents->len = FOB_SEAL_KEY_LEN;
    status = fob_seal_hkdf((struct fob_seal_bytes){key->data, key->len},
                           (struct fob_seal_bytes){salt, FOB_VAULT_SALT_LEN},
                           contents_info, contents->data);
    if (status != FOB_OK)
        fob_secret_free(contents);
    return status;
}

static enum fob_status file_decrypt(const struct vault_file *file,
                                    const struct fob_secret *key,
                                    struct fob_secret *records)
{
    struct fob_secret contents = {NULL, 0, 0};
    enum fob_status status = contents_key(key, file->header.salt, &contents);

    if (status == FOB_OK)
        status = fob_secret_alloc(records, file->sealed.len - FOB_SEAL_TAG_LEN);
    if (status == FOB_OK) {
        status = fob_seal_open(contents.data, file->head, file->sealed,
                               records->data);
        records->len = records->cap;
    }
    fob_secret_free(&contents);
    return status;
}

enum fob_status vault_file_unseal(const struct vault_location *location,
                                  const struct vault_file *file,
                                  const struct fob_secret *key,
                                  struct fob_vault_body *body,
                                  struct fob_error *error)
{
    enum fob_status status = file_decrypt(file, key, &body->records);

    if (status == FOB_OK)
        status = body_check(body, error);
    else if (status == FOB_E_DAMAGED)
        fob_error_set(error, status, "it was changed without its key");
    else
        fob_error_no_memory(error);
    if (status == FOB_OK)
        return FOB_OK;
    fob_vault_body_free(body);
    return vault_file_fault(location, error);
}

/* Header, sealed contents, digest into `bytes`. */
static enum fob_status file_encode(struct fob_vault_header *header,
                                   const struct fob_secret *contents,
                                   const struct fob_secret *records,
                                   struct fob_secret *bytes)
{
    size_t sealed_len = records->len + FOB_SEAL_TAG_LEN;
    enum fob_status status =
        fob_secret_alloc(bytes, HEADER_MAX + sealed_len + FOB_SEAL_DIGEST_LEN);
    size_t head_len;

    if (status != FOB_OK)
        return status;
    head_len = header_write(header, sealed_len, bytes->data);
    status = fob_seal_close(
        contents->data, (struct fob_seal_bytes){bytes->data, head_len},
        (struct fob_seal_bytes){records->data, records->len},
        bytes->data + head_len);
    bytes->len = head_len + sealed_len;
    fob_seal_digest(bytes->data, bytes->len, bytes->data + bytes->len);
    bytes->len += FOB_SEAL_DIGEST_LEN;
    return status;
}

static enum fob_status file_encrypt(struct fob_vault_header *header,
                                    const struct fob_secret *key,
                                    const struct fob_secret *records,
                                    struct fob_secret *bytes)
{
    struct fob_secret contents = {NULL, 0, 0};
    enum fob_status status =
        fob_seal_random(header->salt, sizeof(header->salt));

    if (status == FOB_OK)
        status = contents_key(key, header->salt, &contents);
    if (status == FOB_OK)
        status = file_encode(header, &contents, records, bytes);
    fob_secret_free(&contents);
    return status;
}

enum fob_status vault_file_write(const struct vault_location *location,
                                 struct fob_vault_header *header,
                                 const struct fob_secret *key,
                                 const struct fob_vault_body *body,
                                 struct fob_error *error)
{
    const struct fob_file_options options = {.mode = 0600,
                                             .backup = location->backup};
    struct fob_secret bytes = {NULL, 0, 0};
    enum fob_status status;

    if (body->records.len > FOB_VAULT_BODY_MAX) {
        fob_error_set(error, FOB_E_TOO_LONG, "the vault is full");
        fob_error_hint(error, "remove accounts that are not needed any more");
        return FOB_E_TOO_LONG;
    }
    status = file_encrypt(header, key, &body->records, &bytes);
    if (status == FOB_OK)
        status = fob_file_replace(location->path, bytes.data, bytes.len,
                                  &options, error);
    else
        fob_error_set(error, status, "cannot encrypt the vault");
    fob_secret_free(&bytes);
    return status;
}

static enum fob_status remove_left(const char *name, struct fob_error *error)
{
    return unlink(name) == 0 || errno == ENOENT ? FOB_OK
                                                : fob_file_fault(name, error);
}

enum fob_status vault_file_tidy(const struct vault_location *location,
                                struct fob_error *error)
{
    const char *slash = strrchr(location->backup, '/');
    int folder_len = slash == NULL ? 0 : (int)(slash + 1 - location->backup);
    char link[FOB_PATH_MAX], fresh[FOB_PATH_MAX];

    if (fob_text_format(link, sizeof(link), "%s.new", location->backup) !=
            FOB_OK ||
        fob_text_format(fresh, sizeof(fresh), "%.*s.%s.new", folder_len,
                        location->backup,
                        location->backup + folder_len) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "a path is too long");
    return remove_left(link, error) != FOB_OK ? error->status
                                              : remove_left(fresh, error);
}

enum fob_status vault_file_write_backup(const struct vault_location *location,
                                        const struct fob_vault_header *header,
                                        const struct fob_secret *key,
                                        const struct fob_vault_body *body,
                                        struct fob_error *error)
{
    const struct vault_location backup = {location->backup, NULL};
    struct fob_vault_header before = *header;

    return vault_file_write(&backup, &before, key, body, error);
}
