/* SPDX-License-Identifier: MIT */
#include "host/wire/message.h"

#include <string.h>

enum { FIELD_HEAD_LEN = 5, NUMBER_LEN = 8 };

void fob_message_start(struct fob_message *message, enum fob_message_type type)
{
    fob_secret_free(&message->fields);
    message->type = type;
    message->status = FOB_OK;
}

void fob_message_free(struct fob_message *message)
{
    fob_secret_free(&message->fields);
    message->status = FOB_OK;
}

void fob_message_put(struct fob_message *message, enum fob_tag tag,
                     const void *data, size_t len)
{
    uint8_t head[FIELD_HEAD_LEN];
    struct fob_writer writer;

    if (message->status != FOB_OK)
        return;
    if (len > FOB_MESSAGE_MAX) {
        message->status = FOB_E_TOO_LONG;
        return;
    }
    fob_writer_init(&writer, head, sizeof(head));
    fob_put_u8(&writer, (uint8_t)tag);
    fob_put_u32(&writer, (uint32_t)len);
    message->status = fob_secret_append(&message->fields, head, sizeof(head));
    if (message->status == FOB_OK && len > 0)
        message->status = fob_secret_append(&message->fields, data, len);
}

void fob_message_put_text(struct fob_message *message, enum fob_tag tag,
                          const char *text)
{
    fob_message_put(message, tag, text, strlen(text));
}

void fob_message_put_number(struct fob_message *message, enum fob_tag tag,
                            uint64_t number)
{
    uint8_t value[NUMBER_LEN];
    struct fob_writer writer;

    fob_writer_init(&writer, value, sizeof(value));
    fob_put_u64(&writer, number);
    fob_message_put(message, tag, value, sizeof(value));
}

void fob_message_put_record(struct fob_message *message,
                            const struct fob_message *record)
{
    if (message->status == FOB_OK)
        message->status = record->status;
    fob_message_put(message, FOB_TAG_RECORD, record->fields.data,
                    record->fields.len);
}

void fob_message_fields(const struct fob_message *message,
                        struct fob_reader *fields)
{
    fob_reader_init(fields, message->fields.data, message->fields.len);
}

void fob_field_fields(const struct fob_field *record, struct fob_reader *fields)
{
    fob_reader_init(fields, record->data, record->len);
}

bool fob_message_next(struct fob_reader *fields, struct fob_field *field)
{
    *field = (struct fob_field){0};
    if (fields->left == 0 || fields->status != FOB_OK)
        return false;
    field->tag = (enum fob_tag)fob_get_u8(fields);
    field->len = fob_get_u32(fields);
    field->data = fob_get_bytes(fields, field->len);
    return fields->status == FOB_OK;
}

bool fob_fields_find(const struct fob_reader *from, enum fob_tag tag,
                     struct fob_field *field)
{
    struct fob_reader ahead = *from;

    while (fob_message_next(&ahead, field))
        if (field->tag == tag)
            return true;
    *field = (struct fob_field){0};
    return false;
}

bool fob_message_find(const struct fob_message *message, enum fob_tag tag,
                      struct fob_field *field)
{
    struct fob_reader fields;

    fob_message_fields(message, &fields);
    return fob_fields_find(&fields, tag, field);
}

enum fob_status fob_fields_text(const struct fob_reader *from, enum fob_tag tag,
                                char *text, size_t cap)
{
    struct fob_field field;

    text[0] = '\0';
    if (!fob_fields_find(from, tag, &field))
        return FOB_E_NOT_FOUND;
    if (field.len >= cap)
        return FOB_E_TOO_LONG;
    if (memchr(field.data, '\0', field.len) != NULL)
        return FOB_E_SYNTAX;
    memcpy(text, field.data, field.len);
    text[field.len] = '\0';
    return FOB_OK;
}

enum fob_status fob_message_text(const struct fob_message *message,
                                 enum fob_tag tag, char *text, size_t cap)
{
    struct fob_reader fields;

    fob_message_fields(message, &fields);
    return fob_fields_text(&fields, tag, text, cap);
}

uint64_t fob_fields_number(const struct fob_reader *from, enum fob_tag tag,
                           uint64_t fallback)
{
    struct fob_field field;
    struct fob_reader value;

    if (!fob_fields_find(from, tag, &field) || field.len != NUMBER_LEN)
        return fallback;
    fob_reader_init(&value, field.data, field.len);
    return fob_get_u64(&value);
}

uint64_t fob_message_number(const struct fob_message *message, enum fob_tag tag,
                            uint64_t fallback)
{
    struct fob_reader fields;

    fob_message_fields(message, &fields);
    return fob_fields_number(&fields, tag, fallback);
}

/* Every field inside its parent; records hold fields, one level deep. */
static enum fob_status check_fields(const uint8_t *data, size_t len, bool top)
{
    struct fob_reader fields;
    struct fob_field field;

    fob_reader_init(&fields, data, len);
    while (fob_message_next(&fields, &field)) {
        if (field.tag != FOB_TAG_RECORD)
            continue;
        if (!top || check_fields(field.data, field.len, false) != FOB_OK)
            return FOB_E_AGENT;
    }
    return fob_reader_end(&fields) == FOB_OK ? FOB_OK : FOB_E_AGENT;
}

enum fob_status fob_message_check_fields(const uint8_t *data, size_t len)
{
    return check_fields(data, len, true);
}
