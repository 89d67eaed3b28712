/* SPDX-License-Identifier: MIT */
#include "host/import/text/migration.h"

#include "host/import/json/base64.h"
#include "host/import/text/migration_account.h"
#include "host/import/text/protobuf.h"
#include "src/percent.h"

#include <string.h>

static const char scheme[] = "otpauth-migration";

/* MigrationPayload; field 2, a version, has never meant anything. */
enum { ACCOUNTS = 1, BATCH_SIZE = 3, BATCH_INDEX = 4, BATCH_ID = 5 };

bool migration_is_uri(struct fob_span line)
{
    return fob_span_is(fob_span_cut(&line, ':'), scheme);
}

static enum fob_status find_data(struct fob_span uri, struct fob_span *data)
{
    struct fob_span host;

    *data = (struct fob_span){0};
    fob_span_cut(&uri, ':');
    host = fob_span_cut(&uri, '?');
    if (!fob_span_is(fob_span_trim(host, "/"), "offline"))
        return FOB_E_SYNTAX;
    uri = fob_span_cut(&uri, '#');
    while (uri.at != NULL) {
        struct fob_span value = fob_span_cut(&uri, '&');

        if (!fob_span_is(fob_span_cut(&value, '='), "data"))
            continue;
        if (data->at != NULL)
            return FOB_E_DUPLICATE;
        *data = value;
    }
    return data->at != NULL ? FOB_OK : FOB_E_SYNTAX;
}

enum fob_status migration_open(struct fob_span uri, struct fob_secret *payload)
{
    struct fob_span data;
    enum fob_status status = find_data(uri, &data);
    char *text;

    if (status == FOB_OK)
        status = fob_secret_alloc(payload, data.len + 1);
    if (status != FOB_OK)
        return status;
    text = (char *)payload->data;
    status = fob_percent_decode(data.at, data.len, text, payload->cap);
    if (status == FOB_OK)
        status =
            base64_decode(text, strlen(text), payload->data, &payload->len);
    if (status != FOB_OK)
        fob_secret_free(payload);
    return status;
}

/* An int32 that is given once at most. */
static enum fob_status read_int32(const struct protobuf_field *field,
                                  uint32_t *seen, int32_t *value)
{
    if (field->type != PROTOBUF_VARINT)
        return FOB_E_SYNTAX;
    if (*seen >> field->number & 1)
        return FOB_E_DUPLICATE;
    *seen |= 1U << field->number;
    *value = (int32_t)(uint32_t)field->varint;
    return FOB_OK;
}

static enum fob_status read_field(const struct protobuf_field *field,
                                  uint32_t *seen, int32_t batch[3])
{
    switch (field->number) {
    case ACCOUNTS:
        return field->type == PROTOBUF_BYTES ? FOB_OK : FOB_E_SYNTAX;
    case BATCH_SIZE:
    case BATCH_INDEX:
    case BATCH_ID:
        return read_int32(field, seen, &batch[field->number - BATCH_SIZE]);
    default:
        return FOB_OK;
    }
}

static enum fob_status fill_part(const int32_t batch[3],
                                 struct migration_part *part)
{
    int32_t size = batch[0] != 0 ? batch[0] : 1;

    if (size < 0 || batch[1] < 0 || batch[1] >= size)
        return FOB_E_SYNTAX;
    part->batch_size = (uint32_t)size;
    part->batch_index = (uint32_t)batch[1];
    part->batch_id = batch[2];
    return FOB_OK;
}

enum fob_status migration_part(const struct fob_secret *payload,
                               struct migration_part *part)
{
    struct protobuf_field field;
    struct fob_reader reader;
    int32_t batch[3] = {0};
    uint32_t seen = 0;
    enum fob_status status;

    memset(part, 0, sizeof(*part));
    fob_reader_init(&reader, payload->data, payload->len);
    status = protobuf_next(&reader, &field);
    while (status == FOB_OK && field.number != 0) {
        status = read_field(&field, &seen, batch);
        if (status == FOB_OK)
            status = protobuf_next(&reader, &field);
    }
    return status == FOB_OK ? fill_part(batch, part) : status;
}

enum fob_status migration_accounts(const struct fob_secret *payload,
                                   size_t place, struct import_sink *sink)
{
    struct protobuf_field field;
    struct fob_reader reader;
    enum fob_status status;

    fob_reader_init(&reader, payload->data, payload->len);
    status = protobuf_next(&reader, &field);
    while (status == FOB_OK && field.number != 0) {
        if (field.number == ACCOUNTS)
            status =
                migration_account_read(field.bytes, field.len, place, sink);
        if (status == FOB_OK)
            status = protobuf_next(&reader, &field);
    }
    return status;
}
