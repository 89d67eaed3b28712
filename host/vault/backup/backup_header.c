/* SPDX-License-Identifier: MIT */
#include "host/vault/backup/backup_header.h"

#include "host/vault/slot_cost.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

enum { VERSION = 1, MAGIC_LEN = 8 };

static const uint8_t magic[MAGIC_LEN] = {0x89, 'f', 'o', 'b',
                                         'b',  'k', 'p', '\n'};

static bool is_digest(const void *data, size_t len, const uint8_t *digest)
{
    uint8_t made[FOB_SEAL_DIGEST_LEN];

    fob_seal_digest(data, len, made);
    return digest != NULL && fob_equal(made, digest, sizeof(made));
}

static void copy_bytes(struct fob_reader *reader, uint8_t *out, size_t len)
{
    const uint8_t *bytes = fob_get_bytes(reader, len);

    if (bytes != NULL)
        memcpy(out, bytes, len);
}

static bool is_sane(const struct fob_backup_header *header, uint8_t zeros)
{
    const struct fob_slot_cost *cost = &header->cost;

    if (zeros != 0)
        return false;
    if (header->type == FOB_BACKUP_CODE)
        return cost->log2_n == 0 && cost->r == 0 && cost->p == 0;
    return header->type == FOB_BACKUP_PASSPHRASE && slot_cost_is_sane(cost);
}

/* Behind magic and version. */
static bool read_fields(struct fob_reader *reader,
                        struct fob_backup_header *header, size_t *sealed_len)
{
    uint8_t zeros;

    header->type = (enum fob_backup_type)fob_get_u8(reader);
    zeros = fob_get_u8(reader);
    *sealed_len = fob_get_u32(reader);
    copy_bytes(reader, header->id, sizeof(header->id));
    header->created_s = (int64_t)fob_get_u64(reader);
    copy_bytes(reader, header->salt, sizeof(header->salt));
    header->cost.log2_n = fob_get_u8(reader);
    header->cost.r = fob_get_u8(reader);
    header->cost.p = fob_get_u8(reader);
    zeros |= fob_get_u8(reader);
    copy_bytes(reader, header->check, sizeof(header->check));
    return is_sane(header, zeros) && *sealed_len >= FOB_SEAL_TAG_LEN &&
           *sealed_len <= FOB_BACKUP_BODY_MAX + FOB_SEAL_TAG_LEN;
}

static enum fob_status fault_short(struct fob_error *error)
{
    fob_error_set(error, FOB_E_TOO_SHORT, "the backup is truncated");
    fob_error_advise(error, "copy it again from where it is whole");
    return FOB_E_TOO_SHORT;
}

static enum fob_status fault_damaged(const char *what, struct fob_error *error)
{
    fob_error_set(error, FOB_E_DAMAGED, "the backup is damaged: %s", what);
    fob_error_advise(error, "use another copy of it");
    return FOB_E_DAMAGED;
}

static enum fob_status check_start(struct fob_seal_bytes file,
                                   struct fob_reader *reader,
                                   struct fob_error *error)
{
    size_t seen = file.len < MAGIC_LEN ? file.len : MAGIC_LEN;
    uint16_t version;

    if (seen == 0 || memcmp(file.data, magic, seen) != 0) {
        fob_error_set(error, FOB_E_SYNTAX, "that is no backup of fob's");
        fob_error_advise(error, "for other programs' files see fob-import(1)");
        return FOB_E_SYNTAX;
    }
    (void)fob_get_bytes(reader, MAGIC_LEN);
    version = fob_get_u16(reader);
    if (reader->status == FOB_OK && version > VERSION) {
        fob_error_set(error, FOB_E_VERSION, "the backup is of a newer fob");
        fob_error_advise(error, "install a newer fob");
        return FOB_E_VERSION;
    }
    if (file.len < BACKUP_HEADER_LEN)
        return fault_short(error);
    return version == VERSION ? FOB_OK : fault_damaged("its header", error);
}

static enum fob_status check_rest(struct fob_seal_bytes file, size_t sealed_len,
                                  struct fob_error *error)
{
    const uint8_t *data = file.data;
    size_t digested = BACKUP_HEADER_LEN + sealed_len;

    if (file.len < digested + FOB_SEAL_DIGEST_LEN)
        return fault_short(error);
    if (!is_digest(data, digested, data + digested))
        return fault_damaged("its contents", error);
    if (file.len == digested + FOB_SEAL_DIGEST_LEN)
        return FOB_OK;
    fob_error_set(error, FOB_E_TOO_LONG, "something was added to the backup");
    fob_error_advise(error, "use another copy of it");
    return FOB_E_TOO_LONG;
}

enum fob_status backup_header_read(struct fob_seal_bytes file,
                                   struct fob_backup_header *header,
                                   struct fob_seal_bytes *head,
                                   struct fob_seal_bytes *sealed,
                                   struct fob_error *error)
{
    const uint8_t *data = file.data;
    struct fob_reader reader;
    size_t sealed_len = 0;
    enum fob_status status;

    *header = (struct fob_backup_header){0};
    fob_reader_init(&reader, file.data, file.len);
    status = check_start(file, &reader, error);
    if (status != FOB_OK)
        return status;
    if (!is_digest(data, BACKUP_HEADER_DIGESTED,
                   data + BACKUP_HEADER_DIGESTED) ||
        !read_fields(&reader, header, &sealed_len))
        return fault_damaged("its header", error);
    *head = (struct fob_seal_bytes){data, BACKUP_HEADER_LEN};
    *sealed = (struct fob_seal_bytes){data + BACKUP_HEADER_LEN, sealed_len};
    return check_rest(file, sealed_len, error);
}

void backup_header_write(const struct fob_backup_header *header,
                         size_t sealed_len,
                         uint8_t data[static BACKUP_HEADER_LEN])
{
    struct fob_writer writer;

    fob_writer_init(&writer, data, BACKUP_HEADER_LEN);
    fob_put_bytes(&writer, magic, sizeof(magic));
    fob_put_u16(&writer, VERSION);
    fob_put_u8(&writer, (uint8_t)header->type);
    fob_put_u8(&writer, 0);
    fob_put_u32(&writer, (uint32_t)sealed_len);
    fob_put_bytes(&writer, header->id, sizeof(header->id));
    fob_put_u64(&writer, (uint64_t)header->created_s);
    fob_put_bytes(&writer, header->salt, sizeof(header->salt));
    fob_put_u8(&writer, header->cost.log2_n);
    fob_put_u8(&writer, header->cost.r);
    fob_put_u8(&writer, header->cost.p);
    fob_put_u8(&writer, 0);
    fob_put_bytes(&writer, header->check, sizeof(header->check));
    fob_seal_digest(data, BACKUP_HEADER_DIGESTED,
                    data + BACKUP_HEADER_DIGESTED);
}
