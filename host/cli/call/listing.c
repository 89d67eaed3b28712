/* SPDX-License-Identifier: MIT */
#include "host/cli/call/listing.h"

#include "host/base/character.h"
#include "host/base/shown.h"
#include "host/base/text.h"
#include "host/cli/call/listing_fit.h"
#include "host/cli/ui/local_time.h"
#include "host/cli/ui/width.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    COLUMNS_MAX = 12,
    CELL_MAX = 2100, /* an ARN, the longest of all */
};

static void put_left(int64_t ends_s, char *cell)
{
    int64_t left_s = ends_s - (int64_t)time(NULL);
    int64_t left_min = left_s > 0 ? left_s / 60 : 0;

    if (left_min >= 60)
        snprintf(cell, CELL_MAX, "%" PRId64 "h%02" PRId64 "m", left_min / 60,
                 left_min % 60);
    else
        snprintf(cell, CELL_MAX, "%" PRId64 "m", left_min);
}

static void put_day(int64_t unix_s, char *cell)
{
    local_time_put(unix_s, cell);
    cell[strcspn(cell, " ")] = '\0';
}

static void put_cell_number(enum listing_kind kind, uint64_t number, char *cell)
{
    if (kind == LISTING_TIME)
        local_time_put((int64_t)number, cell);
    else if (kind == LISTING_DAY)
        put_day((int64_t)number, cell);
    else if (kind == LISTING_LEFT)
        put_left((int64_t)number, cell);
    else if (kind == LISTING_FLAG)
        snprintf(cell, CELL_MAX, "%s", number ? "yes" : "no");
    else
        snprintf(cell, CELL_MAX, "%" PRIu64, number);
}

static void put_cell_text(const struct fob_field *field, char *cell)
{
    fob_shown_put(cell, CELL_MAX, field->data, field->len);
}

/* What stands in a table, with room for CELL_MAX bytes. */
static void make_cell(const struct fob_reader *fields,
                      const struct listing_column *column, char *cell)
{
    struct fob_field field;

    if (!fob_fields_find(fields, column->tag, &field) || field.len == 0)
        snprintf(cell, CELL_MAX, "-");
    else if (listing_fit_is_text(column))
        put_cell_text(&field, cell);
    else
        put_cell_number(column->kind, fob_fields_number(fields, column->tag, 0),
                        cell);
}

bool listing_next(struct fob_reader *at, struct fob_reader *fields)
{
    struct fob_field field;

    while (fob_message_next(at, &field)) {
        if (field.tag == FOB_TAG_RECORD) {
            fob_field_fields(&field, fields);
            return true;
        }
    }
    return false;
}

static void measure_columns(const struct fob_message *reply,
                            const struct listing_column *columns, size_t *width)
{
    struct fob_reader at, fields;
    char cell[CELL_MAX];

    for (size_t i = 0; columns[i].key != NULL; i++)
        width[i] = columns[i].title != NULL ? strlen(columns[i].title) : 0;
    fob_message_fields(reply, &at);
    while (listing_next(&at, &fields)) {
        for (size_t i = 0; columns[i].key != NULL; i++) {
            size_t wide;

            make_cell(&fields, &columns[i], cell);
            wide = fob_character_columns(cell);
            if (columns[i].title != NULL && wide > width[i])
                width[i] = wide;
        }
    }
}

/* The last column of a row is not padded. */
static void put_padded(struct output *output, const char *cell, size_t width,
                       bool is_last)
{
    output_put_text(output, cell);
    for (size_t i = fob_character_columns(cell);
         !is_last && i < width + LISTING_GAP; i++)
        output_put_char(output, ' ');
}

/* A row of titles when `fields` is NULL. */
static void put_row(struct output *output, const struct fob_reader *fields,
                    const struct listing_column *columns, const size_t *width)
{
    char cell[CELL_MAX];
    size_t is_last = 0;

    for (size_t i = 0; columns[i].key != NULL; i++)
        if (width[i] > 0)
            is_last = i;
    for (size_t i = 0; i <= is_last; i++) {
        if (width[i] == 0)
            continue;
        if (fields != NULL)
            make_cell(fields, &columns[i], cell);
        if (fields != NULL && listing_fit_is_text(&columns[i]))
            width_elide(cell, width[i]);
        put_padded(output, fields != NULL ? cell : columns[i].title, width[i],
                   i == is_last);
    }
    output_put_char(output, '\n');
}

static void put_table(struct command_call *call,
                      const struct listing_column *columns)
{
    size_t width[COLUMNS_MAX];
    struct fob_reader at, fields;

    if (listing_count(call) == 0)
        return;
    measure_columns(&call->reply, columns, width);
    listing_fit_columns(columns, width);
    put_row(&call->output, NULL, columns, width);
    fob_message_fields(&call->reply, &at);
    while (listing_next(&at, &fields))
        put_row(&call->output, &fields, columns, width);
}

static void put_member(struct json *json, const struct fob_reader *fields,
                       const struct listing_column *column)
{
    uint64_t number = fob_fields_number(fields, column->tag, 0);
    char time[FOB_TEXT_TIME_LEN + 1];
    struct fob_field field;

    if (!fob_fields_find(fields, column->tag, &field))
        return;
    switch (column->kind) {
    case LISTING_TEXT:
    case LISTING_WHOLE:
    case LISTING_SPARE:
        json_put_bytes(json, column->key, field.data, field.len);
        break;
    case LISTING_NUMBER:
        json_put_number(json, column->key, number);
        break;
    case LISTING_TIME:
    case LISTING_DAY:
    case LISTING_LEFT:
        fob_text_time((int64_t)number, time);
        json_put_text(json, column->key, time);
        break;
    case LISTING_FLAG:
        json_put_flag(json, column->key, number != 0);
        break;
    }
}

void listing_put_members(struct json *json, const struct fob_reader *fields,
                         const struct listing_column *columns)
{
    for (; columns->key != NULL; columns++)
        put_member(json, fields, columns);
}

void listing_put_array(struct json *json, const char *name,
                       const struct fob_message *reply,
                       const struct listing_column *columns)
{
    struct fob_reader at, fields;

    json_open_array(json, name);
    fob_message_fields(reply, &at);
    while (listing_next(&at, &fields)) {
        json_open_object(json, NULL);
        listing_put_members(json, &fields, columns);
        json_close_object(json);
    }
    json_close_array(json);
}

void listing_put(struct command_call *call,
                 const struct listing_column *columns)
{
    struct json json;

    if (!call->ui.is_json) {
        put_table(call, columns);
        return;
    }
    json_start(&json, &call->output);
    listing_put_array(&json, NULL, &call->reply, columns);
    json_end(&json);
}

void listing_put_lines(struct output *output, const struct fob_reader *fields,
                       const struct listing_column *columns)
{
    struct fob_field field;
    char cell[CELL_MAX];

    for (; columns->key != NULL; columns++) {
        if (columns->title == NULL ||
            !fob_fields_find(fields, columns->tag, &field))
            continue;
        make_cell(fields, columns, cell);
        output_put_text(output, columns->title);
        output_put_text(output, ": ");
        output_put_text(output, cell);
        output_put_char(output, '\n');
    }
}

void listing_put_one(struct command_call *call,
                     const struct listing_column *columns)
{
    struct fob_reader fields;
    struct json json;

    fob_message_fields(&call->reply, &fields);
    if (!call->ui.is_json) {
        listing_put_lines(&call->output, &fields, columns);
        return;
    }
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    listing_put_members(&json, &fields, columns);
    json_close_object(&json);
    json_end(&json);
}

size_t listing_count(const struct command_call *call)
{
    struct fob_reader at, fields;
    size_t count = 0;

    fob_message_fields(&call->reply, &at);
    while (listing_next(&at, &fields))
        count++;
    return count;
}
