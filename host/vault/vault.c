/* SPDX-License-Identifier: MIT */
#include "host/vault/vault.h"

#include "host/base/file.h"
#include "host/base/text.h"
#include "host/vault/body.h"
#include "host/vault/seal.h"
#include "host/vault/slot.h"
#include "host/vault/vault_open.h"

#include <string.h>
#include <unistd.h>

enum { LOCK_WAIT_MS = 10000 };

struct vault_location vault_location(const struct fob_vault *vault)
{
    return (struct vault_location){vault->path, vault->backup};
}

enum fob_status vault_aim(struct fob_vault *vault, const char *path,
                          const char *backup, struct fob_error *error)
{
    memset(vault, 0, sizeof(*vault));
    if (fob_text_copy(vault->path, sizeof(vault->path), path) == FOB_OK &&
        fob_text_copy(vault->backup, sizeof(vault->backup), backup) == FOB_OK)
        return FOB_OK;
    return fob_error_set(error, FOB_E_FAILED, "a path is too long");
}

void fob_vault_close(struct fob_vault *vault)
{
    fob_secret_free(&vault->key);
    memset(vault, 0, sizeof(*vault));
}

void vault_saw(struct fob_vault *vault, uint64_t generation)
{
    uint64_t newest = atomic_load(&vault->generation);

    while (generation > newest && !atomic_compare_exchange_weak(
                                      &vault->generation, &newest, generation))
        continue;
}

enum fob_status vault_lock(const struct fob_vault *vault, int *lock,
                           struct fob_error *error)
{
    char path[FOB_PATH_MAX];

    if (fob_text_format(path, sizeof(path), "%s.lock", vault->path) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "a path is too long");
    return fob_file_lock(path, LOCK_WAIT_MS, lock, error);
}

/* The key out of a slot, proven by the contents. */
static enum fob_status vault_unlock(struct fob_vault *vault,
                                    const struct vault_file *file,
                                    const struct fob_slot_opener *opener,
                                    struct fob_error *error)
{
    const struct vault_location location = vault_location(vault);
    struct fob_vault_body body = {{NULL, 0, 0}};
    enum fob_status status;
    size_t number;

    if (slot_open_any(&file->header, opener, &vault->key, &number, error) !=
        FOB_OK)
        return vault_file_fault(&location, error);
    memcpy(vault->id, file->header.id, sizeof(vault->id));
    vault_saw(vault, file->header.generation);
    status = vault_file_unseal(&location, file, &vault->key, &body, error);
    fob_vault_body_free(&body);
    return status;
}

enum fob_status fob_vault_open(struct fob_vault *vault, const char *path,
                               const char *backup,
                               const struct fob_slot_opener *opener,
                               struct fob_error *error)
{
    const struct vault_location location = {path, backup};
    struct vault_file file;
    enum fob_status status = vault_aim(vault, path, backup, error);

    if (status == FOB_OK)
        status = vault_file_read(&location, &file, error);
    if (status == FOB_OK) {
        status = vault_unlock(vault, &file, opener, error);
        vault_file_free(&file);
    }
    if (status != FOB_OK)
        fob_vault_close(vault);
    return status;
}

enum fob_status fob_vault_inspect(const char *path, const char *backup,
                                  struct fob_vault_header *header,
                                  struct fob_error *error)
{
    const struct vault_location location = {path, backup};
    struct vault_file file;
    enum fob_status status = vault_file_read(&location, &file, error);

    memset(header, 0, sizeof(*header));
    if (status != FOB_OK)
        return status;
    *header = file.header;
    vault_file_free(&file);
    return FOB_OK;
}

/* A file that is whole may still not be the one that was opened, or be older
 * than `newest`, seen before it was read. */
static enum fob_status vault_check_same(const struct fob_vault *vault,
                                        const struct fob_vault_header *header,
                                        uint64_t newest,
                                        struct fob_error *error)
{
    const struct vault_location location = vault_location(vault);

    if (memcmp(vault->id, header->id, sizeof(vault->id)) != 0)
        fob_error_set(error, FOB_E_DAMAGED,
                      "another vault was put in its place");
    else if (header->generation < newest)
        fob_error_set(error, FOB_E_DAMAGED,
                      "generation %llu was put in the place of %llu",
                      (unsigned long long)header->generation,
                      (unsigned long long)newest);
    else
        return FOB_OK;
    fob_error_hint(error, "if that was you: fob lock, then fob unlock");
    return vault_file_fault(&location, error);
}

static enum fob_status vault_read(struct fob_vault *vault,
                                  struct fob_vault_header *header,
                                  struct fob_vault_body *body,
                                  struct fob_error *error)
{
    const struct vault_location location = vault_location(vault);
    const uint64_t newest = atomic_load(&vault->generation);
    struct vault_file file;
    enum fob_status status = vault_file_read(&location, &file, error);

    if (status != FOB_OK)
        return status;
    status = vault_check_same(vault, &file.header, newest, error);
    if (status == FOB_OK)
        status = vault_file_unseal(&location, &file, &vault->key, body, error);
    if (status == FOB_OK) {
        vault_saw(vault, file.header.generation);
        *header = file.header;
    }
    vault_file_free(&file);
    return status;
}

enum fob_status fob_vault_load(struct fob_vault *vault,
                               struct fob_vault_body *body,
                               struct fob_error *error)
{
    struct fob_vault_header header;

    return vault_read(vault, &header, body, error);
}

enum fob_status fob_vault_prove(struct fob_vault *vault,
                                const struct fob_slot_opener *opener,
                                struct fob_vault_body *body,
                                struct fob_error *error)
{
    const struct vault_location location = vault_location(vault);
    struct fob_vault_header header;
    enum fob_status status = vault_read(vault, &header, body, error);
    size_t number;

    if (status != FOB_OK)
        return status;
    if (slot_prove(&header, &vault->key, opener, &number, error) == FOB_OK)
        return FOB_OK;
    fob_vault_body_free(body);
    return vault_file_fault(&location, error);
}

enum fob_status fob_vault_begin(struct fob_vault *vault,
                                struct fob_vault_edit *edit,
                                struct fob_error *error)
{
    enum fob_status status;

    memset(edit, 0, sizeof(*edit));
    edit->vault = vault;
    edit->lock = -1;
    status = vault_lock(vault, &edit->lock, error);
    if (status == FOB_OK)
        status = vault_read(vault, &edit->header, &edit->body, error);
    if (status != FOB_OK)
        fob_vault_end(edit);
    return status;
}

enum fob_status fob_vault_commit(struct fob_vault_edit *edit,
                                 struct fob_error *error)
{
    struct vault_location location = vault_location(edit->vault);
    enum fob_status status;

    status = vault_file_tidy(&location, error);
    if (status == FOB_OK && edit->shuts_out)
        status = vault_file_write_backup(&location, &edit->header,
                                         &edit->vault->key, &edit->body, error);
    if (status != FOB_OK)
        return status;
    if (edit->shuts_out)
        location.backup = NULL;
    edit->header.generation++;
    status = vault_file_write(&location, &edit->header, &edit->vault->key,
                              &edit->body, error);
    if (status == FOB_OK)
        vault_saw(edit->vault, edit->header.generation);
    return status;
}

void fob_vault_end(struct fob_vault_edit *edit)
{
    fob_vault_body_free(&edit->body);
    if (edit->lock >= 0)
        close(edit->lock);
    edit->lock = -1;
}
