/* SPDX-License-Identifier: MIT */
#include "src/bytes.h"

#include <string.h>

void fob_reader_init(struct fob_reader *reader, const void *data, size_t len)
{
    reader->at = data;
    reader->left = len;
    reader->status = FOB_OK;
}

const uint8_t *fob_get_bytes(struct fob_reader *reader, size_t len)
{
    const uint8_t *at = reader->at;

    if (reader->status != FOB_OK || len > reader->left) {
        reader->status = FOB_E_TOO_SHORT;
        return NULL;
    }
    if (len == 0)
        return at != NULL ? at : (const uint8_t *)"";
    reader->at += len;
    reader->left -= len;
    return at;
}

static uint64_t get_number(struct fob_reader *reader, size_t len)
{
    const uint8_t *at = fob_get_bytes(reader, len);
    uint64_t value = 0;

    for (size_t i = 0; at != NULL && i < len; i++)
        value = value << 8 | at[i];
    return value;
}

uint8_t fob_get_u8(struct fob_reader *reader)
{
    return (uint8_t)get_number(reader, 1);
}

uint16_t fob_get_u16(struct fob_reader *reader)
{
    return (uint16_t)get_number(reader, 2);
}

uint32_t fob_get_u32(struct fob_reader *reader)
{
    return (uint32_t)get_number(reader, 4);
}

uint64_t fob_get_u64(struct fob_reader *reader)
{
    return get_number(reader, 8);
}

enum fob_status fob_reader_end(const struct fob_reader *reader)
{
    if (reader->status != FOB_OK)
        return reader->status;
    return reader->left == 0 ? FOB_OK : FOB_E_TOO_LONG;
}

void fob_writer_init(struct fob_writer *writer, void *data, size_t cap)
{
    writer->data = data;
    writer->len = 0;
    writer->cap = cap;
    writer->status = FOB_OK;
}

void fob_put_bytes(struct fob_writer *writer, const void *data, size_t len)
{
    if (writer->status != FOB_OK || len > writer->cap - writer->len) {
        writer->status = FOB_E_TOO_LONG;
        return;
    }
    if (len == 0)
        return;
    memcpy(writer->data + writer->len, data, len);
    writer->len += len;
}

static void put_number(struct fob_writer *writer, uint64_t value, size_t len)
{
    uint8_t bytes[sizeof(value)];

    for (size_t i = len; i > 0; i--) {
        bytes[i - 1] = (uint8_t)value;
        value >>= 8;
    }
    fob_put_bytes(writer, bytes, len);
}

void fob_put_u8(struct fob_writer *writer, uint8_t value)
{
    put_number(writer, value, 1);
}

void fob_put_u16(struct fob_writer *writer, uint16_t value)
{
    put_number(writer, value, 2);
}

void fob_put_u32(struct fob_writer *writer, uint32_t value)
{
    put_number(writer, value, 4);
}

void fob_put_u64(struct fob_writer *writer, uint64_t value)
{
    put_number(writer, value, 8);
}

void fob_put_text(struct fob_writer *writer, const char *text)
{
    while (*text != '\0')
        fob_put_u8(writer, (uint8_t)*text++);
}
