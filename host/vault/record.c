/* SPDX-License-Identifier: MIT */
#include "host/vault/record.h"

#include "src/wipe.h"

#include <string.h>

static bool record_read(struct fob_reader *reader, struct record *record)
{
    record->type = fob_get_u16(reader);
    record->content_len = fob_get_u32(reader);
    record->content = fob_get_bytes(reader, record->content_len);
    return reader->status == FOB_OK;
}

bool record_next(const struct fob_secret *records, size_t *cursor,
                 struct record *record)
{
    struct fob_reader reader;

    if (*cursor >= records->len)
        return false;
    fob_reader_init(&reader, records->data + *cursor, records->len - *cursor);
    if (!record_read(&reader, record))
        return false;
    record->at = *cursor;
    record->end = records->len - reader.left;
    *cursor = record->end;
    return true;
}

bool record_check(const void *data, size_t len)
{
    struct fob_reader reader;
    struct record record;

    fob_reader_init(&reader, data, len);
    while (reader.left > 0)
        if (!record_read(&reader, &record))
            return false;
    return true;
}

enum fob_status record_put(struct fob_secret *records, size_t at, size_t end,
                           uint16_t type, const struct fob_secret *content)
{
    size_t room = RECORD_HEAD_LEN + content->len;
    enum fob_status status = fob_secret_reserve(records, room);
    struct fob_writer writer;

    if (status != FOB_OK)
        return status;
    memmove(records->data + at + room, records->data + end, records->len - end);
    fob_writer_init(&writer, records->data + at, room);
    fob_put_u16(&writer, type);
    fob_put_u32(&writer, (uint32_t)content->len);
    fob_put_bytes(&writer, content->data, content->len);
    if (room < end - at)
        fob_wipe(records->data + records->len - (end - at - room),
                 end - at - room);
    records->len = records->len + room - (end - at);
    return writer.status;
}

void record_cut(struct fob_secret *records, size_t at, size_t end)
{
    memmove(records->data + at, records->data + end, records->len - end);
    fob_wipe(records->data + records->len - (end - at), end - at);
    records->len -= end - at;
}
