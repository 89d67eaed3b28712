/* SPDX-License-Identifier: MIT */
#include "firmware/app/log/log_record.h"

#include "firmware/app/log/crc32.h"
#include "src/bytes.h"

#include <string.h>

enum { CRC_AT = 8 };

size_t log_record_units(size_t len)
{
    return (LOG_RECORD_HEAD + len + LOG_RECORD_UNIT - 1) / LOG_RECORD_UNIT;
}

static uint32_t crc_of(const uint8_t *bytes, size_t body_len)
{
    uint32_t crc = crc32_update(0, bytes, CRC_AT);

    return crc32_update(crc, bytes + LOG_RECORD_HEAD, body_len);
}

size_t log_record_encode(const struct log_record *record, uint8_t *bytes)
{
    struct fob_writer writer;

    fob_writer_init(&writer, bytes, LOG_RECORD_MAX);
    fob_put_u8(&writer, record->type);
    fob_put_u8(&writer, record->flags);
    fob_put_u16(&writer, record->len);
    fob_put_u32(&writer, record->uid);
    fob_put_u32(&writer, 0);
    fob_put_bytes(&writer, record->body, record->len);
    writer.len = CRC_AT;
    fob_put_u32(&writer, crc_of(bytes, record->len));
    return (size_t)LOG_RECORD_HEAD + record->len;
}

enum fob_status log_record_decode(struct log_record *record,
                                  const uint8_t *bytes, size_t len)
{
    struct fob_reader reader;
    const uint8_t *body;
    uint32_t crc;

    fob_reader_init(&reader, bytes, len);
    record->type = fob_get_u8(&reader);
    record->flags = fob_get_u8(&reader);
    record->len = fob_get_u16(&reader);
    record->uid = fob_get_u32(&reader);
    crc = fob_get_u32(&reader);
    body = record->len > LOG_RECORD_BODY_MAX
               ? NULL
               : fob_get_bytes(&reader, record->len);
    if (body == NULL || record->type == 0x00 || record->type == 0xff ||
        crc != crc_of(bytes, record->len)) {
        *record = (struct log_record){0};
        return FOB_E_DAMAGED;
    }
    memcpy(record->body, body, record->len);
    return FOB_OK;
}
