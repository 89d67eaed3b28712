/* SPDX-License-Identifier: MIT */
#include "host/import/text/protobuf.h"

enum { VARINT_BITS = 64, TYPE_BITS = 3 };

/* Seven bits a byte, the lowest first; ten bytes for negative numbers. */
static enum fob_status get_varint(struct fob_reader *reader, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < VARINT_BITS; shift += 7) {
        uint8_t byte = fob_get_u8(reader);
        uint64_t bits = byte & 0x7f;

        if (bits << shift >> shift != bits)
            return FOB_E_SYNTAX;
        *value |= bits << shift;
        if ((byte & 0x80) == 0)
            return reader->status;
    }
    return FOB_E_SYNTAX;
}

static enum fob_status get_bytes(struct fob_reader *reader,
                                 struct protobuf_field *field)
{
    uint64_t len;
    enum fob_status status = get_varint(reader, &len);

    if (status != FOB_OK)
        return status;
    if (len > reader->left)
        return FOB_E_TOO_SHORT;
    field->len = (size_t)len;
    field->bytes = fob_get_bytes(reader, field->len);
    return FOB_OK;
}

static enum fob_status get_value(struct fob_reader *reader,
                                 struct protobuf_field *field)
{
    switch (field->type) {
    case PROTOBUF_VARINT:
        return get_varint(reader, &field->varint);
    case PROTOBUF_FIXED64:
        fob_get_u64(reader);
        return reader->status;
    case PROTOBUF_BYTES:
        return get_bytes(reader, field);
    case PROTOBUF_FIXED32:
        fob_get_u32(reader);
        return reader->status;
    }
    return FOB_E_SYNTAX;
}

enum fob_status protobuf_next(struct fob_reader *reader,
                              struct protobuf_field *field)
{
    enum fob_status status;
    uint64_t tag;

    *field = (struct protobuf_field){0};
    if (reader->status == FOB_OK && reader->left == 0)
        return FOB_OK;
    status = get_varint(reader, &tag);
    if (status != FOB_OK)
        return status;
    if (tag >> TYPE_BITS == 0 || tag > UINT32_MAX)
        return FOB_E_SYNTAX;
    field->number = (uint32_t)(tag >> TYPE_BITS);
    field->type = (enum protobuf_type)(tag & ((1U << TYPE_BITS) - 1));
    return get_value(reader, field);
}
