/* SPDX-License-Identifier: MIT */
#include "host/vault/fields.h"

#include "src/utf8.h"

#include <string.h>

enum { NUMBER_MAX = 8, RESERVE = 512 };

/* One field as it stands in a record. */
struct raw {
    uint8_t tag;
    uint16_t len;
    const uint8_t *value;
};

static bool raw_next(struct fob_reader *reader, struct raw *raw)
{
    raw->tag = fob_get_u8(reader);
    raw->len = fob_get_u16(reader);
    raw->value = fob_get_bytes(reader, raw->len);
    return reader->status == FOB_OK;
}

static const struct field *field_of(const struct field_table *table,
                                    uint8_t tag)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->field[i].tag == tag)
            return &table->field[i];
    return NULL;
}

static enum fob_status read_text(const struct field *field,
                                 const struct raw *raw, char *text)
{
    if (raw->len >= field->size)
        return FOB_E_TOO_LONG;
    if (raw->len == 0 || !fob_utf8_is_text((const char *)raw->value, raw->len))
        return FOB_E_SYNTAX;
    memcpy(text, raw->value, raw->len);
    return FOB_OK;
}

/* Members are of 1, 4 or 8 bytes. */
static void number_store(uint64_t value, void *member, size_t size)
{
    const uint8_t byte = (uint8_t)value;
    const uint32_t word = (uint32_t)value;

    if (size == sizeof(byte))
        memcpy(member, &byte, sizeof(byte));
    else if (size == sizeof(word))
        memcpy(member, &word, sizeof(word));
    else
        memcpy(member, &value, sizeof(value));
}

static uint64_t number_load(const void *member, size_t size)
{
    uint8_t byte;
    uint32_t word;
    uint64_t value;

    if (size == sizeof(byte))
        return memcpy(&byte, member, sizeof(byte)), byte;
    if (size == sizeof(word))
        return memcpy(&word, member, sizeof(word)), word;
    return memcpy(&value, member, sizeof(value)), value;
}

static enum fob_status read_number(const struct field *field,
                                   const struct raw *raw, uint8_t *member)
{
    uint64_t value = 0;

    if (raw->len != field->wire_len)
        return FOB_E_SYNTAX;
    for (size_t i = 0; i < raw->len; i++)
        value = value << 8 | raw->value[i];
    number_store(value, member, field->size);
    return FOB_OK;
}

static enum fob_status read_bytes(const struct field *field,
                                  const struct raw *raw, uint8_t *into)
{
    size_t len = raw->len;

    if (len > field->size)
        return FOB_E_TOO_LONG;
    if (len == 0)
        return FOB_E_SYNTAX;
    memcpy(into + field->at, raw->value, len);
    memcpy(into + field->len_at, &len, sizeof(len));
    return FOB_OK;
}

static enum fob_status read_field(const struct field *field,
                                  const struct raw *raw, uint8_t *into)
{
    switch (field->kind) {
    case FIELD_TEXT:
        return read_text(field, raw, (char *)into + field->at);
    case FIELD_NUMBER:
        return read_number(field, raw, into + field->at);
    case FIELD_BYTES:
        return read_bytes(field, raw, into);
    }
    return FOB_E_SYNTAX;
}

enum fob_status fields_read(const struct field_table *table,
                            const struct record *record, void *into)
{
    enum fob_status status = FOB_OK;
    struct fob_reader reader;
    uint64_t seen[4] = {0};
    struct raw raw;

    fob_reader_init(&reader, record->content, record->content_len);
    while (status == FOB_OK && reader.left > 0 && raw_next(&reader, &raw)) {
        const struct field *field = field_of(table, raw.tag);
        uint64_t bit = 1ULL << (raw.tag % 64);
        if (field == NULL)
            continue;
        if (seen[raw.tag / 64] & bit)
            return FOB_E_DUPLICATE;
        seen[raw.tag / 64] |= bit;
        status = read_field(field, &raw, into);
    }
    return status == FOB_OK ? reader.status : status;
}

static enum fob_status write_raw(struct fob_secret *content,
                                 const struct raw *raw)
{
    uint8_t head[FIELD_HEAD_LEN] = {raw->tag, (uint8_t)(raw->len >> 8),
                                    (uint8_t)raw->len};
    enum fob_status status = fob_secret_append(content, head, sizeof(head));

    if (status == FOB_OK)
        status = fob_secret_append(content, raw->value, raw->len);
    return status;
}

static enum fob_status write_text(const struct field *field, const char *text,
                                  struct fob_secret *content)
{
    size_t len = strnlen(text, field->size);

    if (len == 0)
        return FOB_OK;
    if (len == field->size || !fob_utf8_is_text(text, len))
        return FOB_E_SYNTAX;
    return write_raw(content, &(struct raw){field->tag, (uint16_t)len,
                                            (const uint8_t *)text});
}

static enum fob_status write_number(const struct field *field,
                                    const uint8_t *member,
                                    struct fob_secret *content)
{
    uint64_t value = number_load(member, field->size);
    uint8_t wire[NUMBER_MAX];

    for (size_t i = field->wire_len; i > 0; i--, value >>= 8)
        wire[i - 1] = (uint8_t)value;
    return write_raw(
        content, &(struct raw){field->tag, (uint16_t)field->wire_len, wire});
}

static enum fob_status write_bytes(const struct field *field,
                                   const uint8_t *from,
                                   struct fob_secret *content)
{
    size_t len;

    memcpy(&len, from + field->len_at, sizeof(len));
    if (len == 0)
        return FOB_OK;
    if (len > field->size)
        return FOB_E_SYNTAX;
    return write_raw(
        content, &(struct raw){field->tag, (uint16_t)len, from + field->at});
}

static enum fob_status write_field(const struct field *field,
                                   const uint8_t *from,
                                   struct fob_secret *content)
{
    switch (field->kind) {
    case FIELD_TEXT:
        return write_text(field, (const char *)from + field->at, content);
    case FIELD_NUMBER:
        return write_number(field, from + field->at, content);
    case FIELD_BYTES:
        return write_bytes(field, from, content);
    }
    return FOB_E_SYNTAX;
}

static enum fob_status write_unknown(const struct field_table *table,
                                     const struct record *old,
                                     struct fob_secret *content)
{
    enum fob_status status = FOB_OK;
    struct fob_reader reader;
    struct raw raw;

    fob_reader_init(&reader, old->content, old->content_len);
    while (status == FOB_OK && reader.left > 0 && raw_next(&reader, &raw))
        if (field_of(table, raw.tag) == NULL)
            status = write_raw(content, &raw);
    return status;
}

enum fob_status fields_write(const struct field_table *table, const void *from,
                             const struct record *old,
                             struct fob_secret *content)
{
    enum fob_status status = fob_secret_reserve(content, RESERVE);

    for (size_t i = 0; status == FOB_OK && i < table->count; i++)
        status = write_field(&table->field[i], from, content);
    if (status == FOB_OK && old != NULL)
        status = write_unknown(table, old, content);
    if (status != FOB_OK)
        fob_secret_free(content);
    return status;
}
