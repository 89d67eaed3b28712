/* SPDX-License-Identifier: MIT */
#include "host/vault/header.h"

#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

/* A high bit and a line end, so that a text-mode copy shows. */
static const uint8_t magic[8] = {0x89, 'f', 'o', 'b', 'v', 'l', 't', '\n'};

enum { AT_VERSION = 8, PREFIX_LEN = 16 };

struct prefix {
    uint16_t version;
    uint16_t header_len;
    uint32_t sealed_len;
};

static enum fob_status header_damaged(struct fob_error *error)
{
    return fob_error_set(error, FOB_E_DAMAGED, "its header is damaged");
}

static enum fob_status header_truncated(struct fob_error *error)
{
    return fob_error_set(error, FOB_E_TOO_SHORT, "it is truncated");
}

static bool header_fits(struct fob_seal_bytes file, size_t digested)
{
    const uint8_t *data = file.data;
    uint8_t digest[FOB_SEAL_DIGEST_LEN];

    fob_seal_digest(data, digested, digest);
    return fob_equal(digest, data + digested, sizeof(digest));
}

/* Magic, version and lengths.  The version comes before all else, for a
 * newer one may mean anything by what follows. */
static enum fob_status header_read_prefix(struct fob_seal_bytes file,
                                          struct prefix *prefix,
                                          struct fob_error *error)
{
    struct fob_reader reader;
    size_t known = file.len < sizeof(magic) ? file.len : sizeof(magic);

    if (memcmp(file.data, magic, known) != 0)
        return fob_error_set(error, FOB_E_SYNTAX, "it is not a vault");
    if (file.len < AT_VERSION + 2)
        return header_truncated(error);
    fob_reader_init(&reader, (const uint8_t *)file.data + AT_VERSION,
                    file.len - AT_VERSION);
    prefix->version = fob_get_u16(&reader);
    if (prefix->version > HEADER_VERSION)
        return fob_error_set(error, FOB_E_VERSION,
                             "it was written by a newer fob (format %u)",
                             (unsigned)prefix->version);
    prefix->header_len = fob_get_u16(&reader);
    prefix->sealed_len = fob_get_u32(&reader);
    if (reader.status != FOB_OK)
        return header_truncated(error);
    if (prefix->version == 0 || prefix->header_len > HEADER_MAX ||
        prefix->header_len < HEADER_FIXED_LEN + FOB_SEAL_DIGEST_LEN)
        return header_damaged(error);
    return file.len < prefix->header_len ? header_truncated(error) : FOB_OK;
}

/* One slot; its own check tells which of them is damaged. */
static bool header_read_slot(struct fob_reader *reader, struct fob_slot *slot)
{
    const uint8_t *start = reader->at, *content, *check;
    uint8_t digest[FOB_SEAL_DIGEST_LEN];
    uint8_t reserved;

    slot->type = fob_get_u8(reader);
    reserved = fob_get_u8(reader);
    slot->content_len = fob_get_u16(reader);
    content = fob_get_bytes(reader, slot->content_len);
    check = fob_get_bytes(reader, HEADER_SLOT_CHECK_LEN);
    if (reader->status != FOB_OK || reserved != 0 || slot->type == 0 ||
        slot->content_len > sizeof(slot->content))
        return false;
    memcpy(slot->content, content, slot->content_len);
    fob_seal_digest(start, HEADER_SLOT_HEAD_LEN + (size_t)slot->content_len,
                    digest);
    return fob_equal(digest, check, HEADER_SLOT_CHECK_LEN);
}

static enum fob_status header_read_slots(struct fob_reader *reader,
                                         struct fob_slots *slots,
                                         struct fob_error *error)
{
    const uint8_t *reserved;

    slots->count = fob_get_u8(reader);
    reserved = fob_get_bytes(reader, 3);
    if (reserved == NULL || reserved[0] || reserved[1] || reserved[2] ||
        slots->count == 0 || slots->count > FOB_SLOTS_MAX)
        return header_damaged(error);
    for (size_t i = 0; i < slots->count; i++)
        if (!header_read_slot(reader, &slots->slot[i]))
            return fob_error_set(error, FOB_E_DAMAGED,
                                 "its key slot %zu is damaged", i + 1);
    return fob_reader_end(reader) == FOB_OK ? FOB_OK : header_damaged(error);
}

/* What follows the prefix, up to the digest. */
static enum fob_status header_read_rest(struct fob_seal_bytes file, size_t len,
                                        struct fob_vault_header *header,
                                        struct fob_error *error)
{
    struct fob_reader reader;
    const uint8_t *id, *salt;

    fob_reader_init(&reader, (const uint8_t *)file.data + PREFIX_LEN,
                    len - PREFIX_LEN - FOB_SEAL_DIGEST_LEN);
    id = fob_get_bytes(&reader, sizeof(header->id));
    header->generation = fob_get_u64(&reader);
    salt = fob_get_bytes(&reader, sizeof(header->salt));
    if (salt == NULL)
        return header_damaged(error);
    memcpy(header->id, id, sizeof(header->id));
    memcpy(header->salt, salt, sizeof(header->salt));
    if (header_read_slots(&reader, &header->slots, error) != FOB_OK)
        return error->status;
    return header_fits(file, len - FOB_SEAL_DIGEST_LEN) ? FOB_OK
                                                        : header_damaged(error);
}

/* The contents and the digest over all before it. */
static enum fob_status header_check_contents(struct fob_seal_bytes file,
                                             const struct prefix *prefix,
                                             struct fob_error *error)
{
    size_t digested = (size_t)prefix->header_len + prefix->sealed_len;

    if (prefix->sealed_len < FOB_SEAL_TAG_LEN ||
        prefix->sealed_len > FOB_VAULT_BODY_MAX + FOB_SEAL_TAG_LEN)
        return header_damaged(error);
    if (file.len < digested + FOB_SEAL_DIGEST_LEN)
        return header_truncated(error);
    if (file.len > digested + FOB_SEAL_DIGEST_LEN)
        return fob_error_set(error, FOB_E_DAMAGED,
                             "something was added at its end");
    if (!header_fits(file, digested))
        return fob_error_set(error, FOB_E_DAMAGED, "its contents are damaged");
    return FOB_OK;
}

enum fob_status header_read(struct fob_seal_bytes file,
                            struct fob_vault_header *header,
                            struct fob_seal_bytes *head,
                            struct fob_seal_bytes *sealed,
                            struct fob_error *error)
{
    struct prefix prefix = {0, 0, 0};
    enum fob_status status = header_read_prefix(file, &prefix, error);

    memset(header, 0, sizeof(*header));
    if (status == FOB_OK)
        status = header_read_rest(file, prefix.header_len, header, error);
    if (status == FOB_OK)
        status = header_check_contents(file, &prefix, error);
    if (status != FOB_OK) {
        memset(header, 0, sizeof(*header));
        return status;
    }
    *head = (struct fob_seal_bytes){file.data, prefix.header_len};
    *sealed = (struct fob_seal_bytes){
        (const uint8_t *)file.data + prefix.header_len, prefix.sealed_len};
    return FOB_OK;
}

static void header_write_slot(struct fob_writer *writer,
                              const struct fob_slot *slot)
{
    const uint8_t *start = writer->data + writer->len;
    uint8_t digest[FOB_SEAL_DIGEST_LEN];

    fob_put_u8(writer, slot->type);
    fob_put_u8(writer, 0);
    fob_put_u16(writer, slot->content_len);
    fob_put_bytes(writer, slot->content, slot->content_len);
    fob_seal_digest(start, HEADER_SLOT_HEAD_LEN + (size_t)slot->content_len,
                    digest);
    fob_put_bytes(writer, digest, HEADER_SLOT_CHECK_LEN);
}

static size_t header_len(const struct fob_vault_header *header)
{
    size_t len = HEADER_FIXED_LEN + FOB_SEAL_DIGEST_LEN;

    for (size_t i = 0; i < header->slots.count; i++)
        len += HEADER_SLOT_HEAD_LEN + HEADER_SLOT_CHECK_LEN +
               (size_t)header->slots.slot[i].content_len;
    return len;
}

size_t header_write(const struct fob_vault_header *header, size_t sealed_len,
                    uint8_t *data)
{
    static const uint8_t reserved[3];
    uint8_t digest[FOB_SEAL_DIGEST_LEN];
    struct fob_writer writer;

    fob_writer_init(&writer, data, HEADER_MAX);
    fob_put_bytes(&writer, magic, sizeof(magic));
    fob_put_u16(&writer, HEADER_VERSION);
    fob_put_u16(&writer, (uint16_t)header_len(header));
    fob_put_u32(&writer, (uint32_t)sealed_len);
    fob_put_bytes(&writer, header->id, sizeof(header->id));
    fob_put_u64(&writer, header->generation);
    fob_put_bytes(&writer, header->salt, sizeof(header->salt));
    fob_put_u8(&writer, (uint8_t)header->slots.count);
    fob_put_bytes(&writer, reserved, sizeof(reserved));
    for (size_t i = 0; i < header->slots.count; i++)
        header_write_slot(&writer, &header->slots.slot[i]);
    fob_seal_digest(writer.data, writer.len, digest);
    fob_put_bytes(&writer, digest, sizeof(digest));
    return writer.len;
}
