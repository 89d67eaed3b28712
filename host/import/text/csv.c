/* SPDX-License-Identifier: MIT */
#include "host/import/text/csv.h"

#include <string.h>

struct csv csv_start(struct fob_span text)
{
    static const char delimiters[] = ",;\t";
    struct csv csv = {.rest = text, .line = 1, .delimiter = ','};
    struct fob_span head = fob_span_cut(&text, '\n');
    size_t most = 0;

    for (const char *c = delimiters; *c != '\0'; c++) {
        size_t count = 0;

        for (size_t i = 0; i < head.len; i++)
            count += head.at[i] == *c;
        if (count > most) {
            most = count;
            csv.delimiter = *c;
        }
    }
    return csv;
}

/* The quote that ends a field, or its end: not one of a doubled pair. */
static size_t find_quote(struct fob_span text)
{
    size_t i = 0;

    while (i < text.len &&
           (text.at[i] != '"' || (i + 1 < text.len && text.at[i + 1] == '"')))
        i += text.at[i] == '"' ? 2 : 1;
    return i < text.len ? i : text.len;
}

static void drop(struct csv *csv, size_t len)
{
    for (size_t i = 0; i < len; i++)
        csv->line += csv->rest.at[i] == '\n';
    csv->rest.at += len;
    csv->rest.len -= len;
}

/* Behind the field's end, and what stands between it and the next. */
static bool end_field(struct csv *csv)
{
    size_t len = 0;
    bool ends_row;

    while (len < csv->rest.len && csv->rest.at[len] != csv->delimiter &&
           csv->rest.at[len] != '\n')
        len++;
    ends_row = len == csv->rest.len || csv->rest.at[len] == '\n';
    if (len == csv->rest.len)
        csv->rest = (struct fob_span){0};
    else
        drop(csv, len + 1);
    return ends_row;
}

/* From a quote on: nothing but blanks up to the field's end. */
static bool ends_well(const struct csv *csv)
{
    size_t len = 1;

    if (csv->rest.len == 0)
        return false;
    while (len < csv->rest.len && csv->rest.at[len] != csv->delimiter &&
           csv->rest.at[len] != '\n') {
        if (memchr(" \t\r", csv->rest.at[len], 3) == NULL)
            return false;
        len++;
    }
    return true;
}

bool csv_next(struct csv *csv, struct csv_field *field)
{
    *field = (struct csv_field){.line = csv->line};
    if (csv->rest.at == NULL)
        return false;
    if (csv->rest.len > 0 && csv->rest.at[0] == '"') {
        drop(csv, 1);
        field->is_quoted = true;
        field->raw = (struct fob_span){csv->rest.at, find_quote(csv->rest)};
        drop(csv, field->raw.len);
        field->is_broken = !ends_well(csv);
        field->ends_row = end_field(csv);
        return true;
    }
    field->raw.at = csv->rest.at;
    while (field->raw.len < csv->rest.len &&
           csv->rest.at[field->raw.len] != csv->delimiter &&
           csv->rest.at[field->raw.len] != '\n')
        field->raw.len++;
    drop(csv, field->raw.len);
    field->ends_row = end_field(csv);
    return true;
}

enum fob_status csv_text(const struct csv_field *field, struct fob_secret *text)
{
    enum fob_status status = fob_secret_alloc(text, field->raw.len);

    for (size_t i = 0; status == FOB_OK && i < field->raw.len; i++) {
        text->data[text->len++] = (uint8_t)field->raw.at[i];
        if (field->is_quoted && field->raw.at[i] == '"')
            i++;
    }
    return status;
}
