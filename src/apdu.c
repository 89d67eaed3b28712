/* SPDX-License-Identifier: MIT */
#include "src/apdu.h"

enum { HEADER_LEN = 4 };

/* A length field of 0 stands for the one value that does not fit it. */
static size_t le_of(size_t field, size_t max)
{
    return field == 0 ? max : field;
}

/* Data of `data_len` bytes, then nothing or an Le. */
static enum fob_status parse_data(struct fob_apdu *apdu, size_t data_len,
                                  struct fob_reader *body)
{
    apdu->data_len = data_len;
    apdu->data = fob_get_bytes(body, data_len);
    if (body->status != FOB_OK)
        return FOB_E_SYNTAX;
    if (body->left > 0 && apdu->extended)
        apdu->le = le_of(fob_get_u16(body), FOB_APDU_EXTENDED_MAX);
    else if (body->left > 0)
        apdu->le = le_of(fob_get_u8(body), FOB_APDU_SHORT_MAX);
    return fob_reader_end(body) == FOB_OK ? FOB_OK : FOB_E_SYNTAX;
}

/* The lengths and the data, by the cases of ISO 7816-4 section 5.1. */
static enum fob_status parse_body(struct fob_apdu *apdu,
                                  struct fob_reader *body)
{
    size_t first, data_len;

    if (body->left == 0)
        return FOB_OK;
    first = fob_get_u8(body);
    if (body->left == 0) {
        apdu->le = le_of(first, FOB_APDU_SHORT_MAX);
        return FOB_OK;
    }
    if (first > 0)
        return parse_data(apdu, first, body);
    apdu->extended = true;
    data_len = fob_get_u16(body);
    if (body->status == FOB_OK && body->left == 0) {
        apdu->le = le_of(data_len, FOB_APDU_EXTENDED_MAX);
        return FOB_OK;
    }
    return data_len > 0 ? parse_data(apdu, data_len, body) : FOB_E_SYNTAX;
}

enum fob_status fob_apdu_parse(struct fob_apdu *apdu, const uint8_t *bytes,
                               size_t len)
{
    struct fob_reader reader;
    enum fob_status status;

    *apdu = (struct fob_apdu){0};
    if (len < HEADER_LEN)
        return FOB_E_TOO_SHORT;
    fob_reader_init(&reader, bytes, len);
    apdu->cla = fob_get_u8(&reader);
    apdu->ins = fob_get_u8(&reader);
    apdu->p1 = fob_get_u8(&reader);
    apdu->p2 = fob_get_u8(&reader);
    status = parse_body(apdu, &reader);
    if (status != FOB_OK)
        *apdu = (struct fob_apdu){0};
    return status;
}

static void put_length(struct fob_writer *writer, size_t len, bool extended)
{
    if (extended)
        fob_put_u16(writer, (uint16_t)len);
    else
        fob_put_u8(writer, (uint8_t)len);
}

void fob_apdu_put(struct fob_writer *writer, const struct fob_apdu *apdu)
{
    fob_put_u8(writer, apdu->cla);
    fob_put_u8(writer, apdu->ins);
    fob_put_u8(writer, apdu->p1);
    fob_put_u8(writer, apdu->p2);
    if (apdu->extended && (apdu->data_len > 0 || apdu->le > 0))
        fob_put_u8(writer, 0);
    if (apdu->data_len > 0) {
        put_length(writer, apdu->data_len, apdu->extended);
        fob_put_bytes(writer, apdu->data, apdu->data_len);
    }
    if (apdu->le > 0)
        put_length(writer, apdu->le, apdu->extended);
}
