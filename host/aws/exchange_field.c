/* SPDX-License-Identifier: MIT */
#include "host/aws/exchange_field.h"

#include <string.h>

enum { VERSION = 1, ROOM_FIRST = 4096 };

void exchange_put_head(struct fob_writer *writer, enum exchange_type type)
{
    fob_put_u8(writer, VERSION);
    fob_put_u8(writer, (uint8_t)type);
}

void exchange_get_head(struct fob_reader *reader, enum exchange_type type)
{
    uint8_t version = fob_get_u8(reader), got = fob_get_u8(reader);

    if (reader->status != FOB_OK)
        return;
    if (version != VERSION)
        reader->status = FOB_E_VERSION;
    else if (got != type)
        reader->status = FOB_E_SYNTAX;
}

void exchange_put_text(struct fob_writer *writer, const char *text, size_t len)
{
    fob_put_u32(writer, (uint32_t)len);
    fob_put_bytes(writer, text, len);
    fob_put_u8(writer, 0);
}

/* The NUL on the wire lets a reader use the text where it lies. */
const char *exchange_get_text(struct fob_reader *reader)
{
    size_t len = fob_get_u32(reader);
    const uint8_t *text = fob_get_bytes(reader, len);

    if (fob_get_u8(reader) != 0 && reader->status == FOB_OK)
        reader->status = FOB_E_SYNTAX;
    if (reader->status == FOB_OK && memchr(text, '\0', len) != NULL)
        reader->status = FOB_E_SYNTAX;
    return reader->status == FOB_OK ? (const char *)text : "";
}

bool exchange_is_plain(const char *text, bool needed)
{
    if (needed && *text == '\0')
        return false;
    for (; *text != '\0'; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

/* Try rooms of rising size: most messages fit the first. */
enum fob_status exchange_encode(void (*put)(struct fob_writer *, const void *),
                                const void *what, size_t max,
                                struct fob_secret *message)
{
    struct fob_writer writer;
    enum fob_status status;

    for (size_t cap = ROOM_FIRST; cap <= max; cap *= 2) {
        status = fob_secret_alloc(message, cap);
        if (status != FOB_OK)
            return status;
        fob_writer_init(&writer, message->data, cap);
        put(&writer, what);
        message->len = writer.len;
        if (writer.status == FOB_OK)
            return FOB_OK;
        fob_secret_free(message);
    }
    return FOB_E_TOO_LONG;
}
