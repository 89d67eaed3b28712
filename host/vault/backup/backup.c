/* SPDX-License-Identifier: MIT */
#include "host/vault/backup/backup.h"

#include "host/vault/backup/backup_header.h"
#include "host/vault/backup/backup_records.h"
#include "host/vault/seal.h"
#include "host/vault/slot_cost.h"
#include "src/wipe.h"

#include <string.h>

static const char contents_info[] = "fob backup contents 1",
                  check_info[] = "fob backup check 1";

/* Out of what opens it: the key of the records, and what tells that it is the
 * right one. */
struct keys {
    uint8_t master[FOB_SEAL_KEY_LEN];
    uint8_t contents[FOB_SEAL_KEY_LEN];
    uint8_t check[FOB_SEAL_KEY_LEN];
};

static struct keys *keys_room(struct fob_secret *room)
{
    if (fob_secret_alloc(room, sizeof(struct keys)) != FOB_OK)
        return NULL;
    return (void *)room->data;
}

static enum fob_status derive(const struct fob_backup_header *header,
                              const struct fob_secret *secret,
                              struct keys *keys)
{
    const struct fob_seal_bytes salt = {header->salt, sizeof(header->salt)};
    const struct fob_slot_cost *cost = &header->cost;
    struct fob_seal_bytes from = {secret->data, secret->len};
    enum fob_status status = FOB_OK;

    if (header->type == FOB_BACKUP_PASSPHRASE) {
        status = fob_seal_scrypt(from, salt, cost->log2_n, cost->r, cost->p,
                                 keys->master);
        from = (struct fob_seal_bytes){keys->master, sizeof(keys->master)};
    }
    if (status == FOB_OK)
        status = fob_seal_hkdf(from, salt, contents_info, keys->contents);
    if (status == FOB_OK)
        status = fob_seal_hkdf(from, salt, check_info, keys->check);
    return status;
}

static enum fob_status make_header(int64_t created_s,
                                   const struct fob_backup_opener *opener,
                                   struct fob_backup_header *header)
{
    *header = (struct fob_backup_header){.type = opener->type,
                                         .created_s = created_s};
    if (opener->type == FOB_BACKUP_PASSPHRASE)
        header->cost = opener->cost;
    if (fob_seal_random(header->id, sizeof(header->id)) != FOB_OK)
        return FOB_E_FAILED;
    return fob_seal_random(header->salt, sizeof(header->salt));
}

static enum fob_status encode_file(const struct fob_backup_header *header,
                                   const struct keys *keys,
                                   const struct fob_secret *records,
                                   struct fob_secret *file)
{
    size_t sealed_len = records->len + FOB_SEAL_TAG_LEN;
    size_t digested = BACKUP_HEADER_LEN + sealed_len;
    enum fob_status status =
        fob_secret_alloc(file, digested + FOB_SEAL_DIGEST_LEN);

    if (status != FOB_OK)
        return status;
    backup_header_write(header, sealed_len, file->data);
    status = fob_seal_close(
        keys->contents, (struct fob_seal_bytes){file->data, BACKUP_HEADER_LEN},
        (struct fob_seal_bytes){records->data, records->len},
        file->data + BACKUP_HEADER_LEN);
    fob_seal_digest(file->data, digested, file->data + digested);
    file->len = digested + FOB_SEAL_DIGEST_LEN;
    if (status != FOB_OK)
        fob_secret_free(file);
    return status;
}

enum fob_status fob_backup_seal(const struct fob_secret *records,
                                int64_t created_s,
                                const struct fob_backup_opener *opener,
                                struct fob_secret *file,
                                struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct keys *keys = keys_room(&room);
    struct fob_backup_header header = {0};
    enum fob_status status = keys != NULL ? FOB_OK : FOB_E_NO_MEMORY;

    if (status == FOB_OK)
        status = make_header(created_s, opener, &header);
    if (status == FOB_OK)
        status = derive(&header, opener->secret, keys);
    if (status == FOB_OK) {
        memcpy(header.check, keys->check, sizeof(header.check));
        status = encode_file(&header, keys, records, file);
    }
    fob_secret_free(&room);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    return status == FOB_OK
               ? FOB_OK
               : fob_error_set(error, status, "cannot seal the backup");
}

enum fob_status fob_backup_inspect(const struct fob_secret *file,
                                   struct fob_backup_header *header,
                                   struct fob_error *error)
{
    struct fob_seal_bytes head, sealed;

    return backup_header_read((struct fob_seal_bytes){file->data, file->len},
                              header, &head, &sealed, error);
}

static enum fob_status fault_wrong(enum fob_backup_type type,
                                   struct fob_error *error)
{
    fob_error_set(error, FOB_E_WRONG_KEY,
                  type == FOB_BACKUP_CODE
                      ? "the code is of another backup"
                      : "the passphrase does not open the backup");
    fob_error_advise(error, type == FOB_BACKUP_CODE
                                ? "look for the code that was shown when this "
                                  "one was made"
                                : "try again with the right passphrase");
    return FOB_E_WRONG_KEY;
}

static enum fob_status check_opener(const struct fob_backup_header *header,
                                    const struct fob_backup_opener *opener,
                                    struct fob_error *error)
{
    const struct fob_slot_opener limit = {.cost = opener->cost};

    if (opener->type != header->type)
        return fault_wrong(header->type, error);
    if (header->type == FOB_BACKUP_CODE ||
        slot_cost_work(&header->cost) <= slot_cost_work_max(&limit))
        return FOB_OK;
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "the backup asks for more work than fob does for a file that "
                  "may be anybody's");
    fob_error_advise(error, "if it is yours: set scrypt_log2_n, up to 20, in "
                            "fob-settings(5)");
    return FOB_E_UNSUPPORTED;
}

static enum fob_status unseal(const struct keys *keys,
                              struct fob_seal_bytes head,
                              struct fob_seal_bytes sealed,
                              struct fob_secret *records,
                              struct fob_error *error)
{
    enum fob_status status =
        fob_secret_alloc(records, sealed.len - FOB_SEAL_TAG_LEN);

    if (status != FOB_OK)
        return fob_error_no_memory(error);
    records->len = records->cap;
    if (fob_seal_open(keys->contents, head, sealed, records->data) == FOB_OK)
        return backup_records_check(records, error);
    fob_error_set(error, FOB_E_DAMAGED,
                  "the backup was changed without its code");
    fob_error_advise(error, "use another copy of it");
    return FOB_E_DAMAGED;
}

enum fob_status fob_backup_open(const struct fob_secret *file,
                                const struct fob_backup_opener *opener,
                                struct fob_secret *records,
                                struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct keys *keys = keys_room(&room);
    struct fob_backup_header header = {0};
    struct fob_seal_bytes head = {NULL, 0}, sealed = {NULL, 0};
    enum fob_status status =
        keys == NULL
            ? fob_error_no_memory(error)
            : backup_header_read((struct fob_seal_bytes){file->data, file->len},
                                 &header, &head, &sealed, error);

    if (status == FOB_OK)
        status = check_opener(&header, opener, error);
    if (status == FOB_OK && derive(&header, opener->secret, keys) != FOB_OK)
        status = fob_error_no_memory(error);
    if (status == FOB_OK &&
        !fob_equal(keys->check, header.check, sizeof(header.check)))
        status = fault_wrong(header.type, error);
    if (status == FOB_OK)
        status = unseal(keys, head, sealed, records, error);
    if (status != FOB_OK)
        fob_secret_free(records);
    fob_secret_free(&room);
    return status;
}
