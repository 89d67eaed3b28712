/* SPDX-License-Identifier: MIT */
#include "host/base/file.h"
#include "host/vault/body.h"
#include "host/vault/seal.h"
#include "host/vault/slot.h"
#include "host/vault/vault_open.h"

#include <string.h>
#include <unistd.h>

static enum fob_status vault_make_folder(const struct fob_vault *vault,
                                         struct fob_error *error)
{
    char folder[FOB_PATH_MAX];
    char *slash;

    memcpy(folder, vault->path, sizeof(folder));
    slash = strrchr(folder, '/');
    if (slash == NULL || slash == folder)
        return FOB_OK;
    *slash = '\0';
    return fob_file_private_folder(folder, error);
}

static enum fob_status vault_check_absent(const struct fob_vault *vault,
                                          struct fob_error *error)
{
    if (access(vault->path, F_OK) == 0) {
        fob_error_set(error, FOB_E_EXISTS, "there is a vault at %s already",
                      vault->path);
        fob_error_hint(error, "fob unlock");
        return FOB_E_EXISTS;
    }
    if (access(vault->backup, F_OK) == 0) {
        fob_error_set(error, FOB_E_EXISTS,
                      "the vault is gone, but its generation before is at %s",
                      vault->backup);
        fob_error_hint(error, "to go back to it: cp %s %s", vault->backup,
                       vault->path);
        return FOB_E_EXISTS;
    }
    return FOB_OK;
}

/* Key, id, one slot: all a header needs but the salt. */
static enum fob_status vault_make_key(struct fob_vault *vault,
                                      struct fob_vault_header *header,
                                      const struct fob_slot_opener *opener,
                                      struct fob_error *error)
{
    memset(header, 0, sizeof(*header));
    if (fob_secret_alloc(&vault->key, FOB_VAULT_KEY_LEN) != FOB_OK)
        return fob_error_no_memory(error);
    vault->key.len = FOB_VAULT_KEY_LEN;
    if (fob_seal_random(vault->key.data, FOB_VAULT_KEY_LEN) != FOB_OK ||
        fob_seal_random(vault->id, sizeof(vault->id)) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "no randomness for a key");
    memcpy(header->id, vault->id, sizeof(header->id));
    header->generation = 1;
    header->slots.count = 1;
    return slot_make(&header->slots.slot[0], header->id, opener, &vault->key,
                     error);
}

/* Under the lock. */
static enum fob_status vault_write_first(struct fob_vault *vault,
                                         const struct fob_slot_opener *opener,
                                         struct fob_error *error)
{
    const struct vault_location location = vault_location(vault);
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_header header;
    enum fob_status status = vault_check_absent(vault, error);

    if (status == FOB_OK)
        status = vault_make_key(vault, &header, opener, error);
    if (status != FOB_OK)
        return status;
    status = body_make(&body);
    if (status != FOB_OK)
        fob_error_set(error, status, "cannot make a vault");
    else
        status =
            vault_file_write(&location, &header, &vault->key, &body, error);
    fob_vault_body_free(&body);
    if (status == FOB_OK)
        vault_saw(vault, header.generation);
    return status;
}

enum fob_status fob_vault_create(struct fob_vault *vault, const char *path,
                                 const char *backup,
                                 const struct fob_slot_opener *opener,
                                 struct fob_error *error)
{
    enum fob_status status = vault_aim(vault, path, backup, error);
    int lock = -1;

    if (status == FOB_OK)
        status = vault_make_folder(vault, error);
    if (status == FOB_OK)
        status = vault_lock(vault, &lock, error);
    if (status == FOB_OK)
        status = vault_write_first(vault, opener, error);
    if (lock >= 0)
        close(lock);
    if (status != FOB_OK)
        fob_vault_close(vault);
    return status;
}
