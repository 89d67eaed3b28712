/* SPDX-License-Identifier: MIT */
#include "src/tlv.h"

enum { LENGTH_1 = 0x81, LENGTH_2 = 0x82 };

static size_t get_len(struct fob_reader *reader)
{
    uint8_t first = fob_get_u8(reader);

    if (first < 0x80)
        return first;
    if (first == LENGTH_1)
        return fob_get_u8(reader);
    if (first == LENGTH_2)
        return fob_get_u16(reader);
    reader->status = FOB_E_SYNTAX;
    return 0;
}

bool fob_tlv_next(struct fob_reader *reader, struct fob_tlv *tlv)
{
    if (reader->status != FOB_OK || reader->left == 0)
        return false;
    tlv->tag = fob_get_u8(reader);
    tlv->len = tlv->tag == FOB_OATH_TAG_PROPERTY ? 1 : get_len(reader);
    if (reader->status != FOB_OK)
        return false;
    tlv->value = fob_get_bytes(reader, tlv->len);
    return reader->status == FOB_OK;
}

void fob_tlv_put_head(struct fob_writer *writer, uint8_t tag, size_t len)
{
    fob_put_u8(writer, tag);
    if (tag == FOB_OATH_TAG_PROPERTY)
        return;
    if (len > 0xff) {
        fob_put_u8(writer, LENGTH_2);
        fob_put_u16(writer, (uint16_t)len);
        return;
    }
    if (len > 0x7f)
        fob_put_u8(writer, LENGTH_1);
    fob_put_u8(writer, (uint8_t)len);
}

void fob_tlv_put(struct fob_writer *writer, uint8_t tag, const void *value,
                 size_t len)
{
    fob_tlv_put_head(writer, tag, len);
    fob_put_bytes(writer, value, len);
}
