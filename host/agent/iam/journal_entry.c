/* SPDX-License-Identifier: MIT */
#include "host/agent/iam/journal_entry.h"

#include "src/bytes.h"

#include <string.h>

enum { FORMAT = 1, LENGTHS = 64 };

/* The texts of an entry, in the order of the file. */
#define TEXT(member)                                                           \
    {                                                                          \
        offsetof(struct journal_entry, member),                                \
            sizeof(((struct journal_entry *)0)->member)                        \
    }
static const struct {
    size_t at;
    size_t cap;
} texts[] = {
    TEXT(profile), TEXT(config),  TEXT(credentials), TEXT(user),
    TEXT(created), TEXT(account), TEXT(deleted),     TEXT(key_id),
};
enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };

static void get_text(struct fob_reader *reader, char *text, size_t cap)
{
    size_t len = fob_get_u16(reader);
    const uint8_t *data = fob_get_bytes(reader, len);

    if (data == NULL || len >= cap || memchr(data, '\0', len) != NULL)
        reader->status = FOB_E_DAMAGED;
    else
        memcpy(text, data, len);
}

static enum fob_status read_entry(struct fob_reader *reader,
                                  struct journal_entry *entry)
{
    uint8_t format = fob_get_u8(reader), kind = fob_get_u8(reader);
    uint8_t sets_profile = fob_get_u8(reader);

    entry->kind = kind;
    entry->sets_profile = sets_profile == 1;
    entry->started_s = (int64_t)fob_get_u64(reader);
    for (size_t i = 0; i < TEXTS && reader->status == FOB_OK; i++)
        get_text(reader, (char *)entry + texts[i].at, texts[i].cap);
    if (fob_reader_end(reader) != FOB_OK || format != FORMAT ||
        kind > JOURNAL_KEY || sets_profile > 1)
        return FOB_E_DAMAGED;
    return FOB_OK;
}

enum fob_status journal_entry_decode(const void *content, size_t len,
                                     struct journal_entry *entry)
{
    struct fob_reader reader;
    enum fob_status status;

    *entry = (struct journal_entry){0};
    fob_reader_init(&reader, content, len);
    status = read_entry(&reader, entry);
    if (status != FOB_OK)
        *entry = (struct journal_entry){0};
    return status;
}

enum fob_status journal_entry_encode(const struct journal_entry *entry,
                                     struct fob_secret *content)
{
    struct fob_writer writer;
    enum fob_status status =
        fob_secret_alloc(content, sizeof(struct journal_entry) + LENGTHS);

    if (status != FOB_OK)
        return status;
    fob_writer_init(&writer, content->data, content->cap);
    fob_put_u8(&writer, FORMAT);
    fob_put_u8(&writer, (uint8_t)entry->kind);
    fob_put_u8(&writer, entry->sets_profile);
    fob_put_u64(&writer, (uint64_t)entry->started_s);
    for (size_t i = 0; i < TEXTS; i++) {
        const char *text = (const char *)entry + texts[i].at;

        fob_put_u16(&writer, (uint16_t)strlen(text));
        fob_put_bytes(&writer, text, strlen(text));
    }
    content->len = writer.len;
    return writer.status;
}
