/* SPDX-License-Identifier: MIT */
#include "host/import/keys/key_csv.h"

static struct fob_span next_field(struct fob_span *row)
{
    struct fob_span field = fob_span_trim(fob_span_cut(row, ','), " \t\r");

    if (field.len >= 2 && field.at[0] == '"' &&
        field.at[field.len - 1] == '"') {
        field.at++;
        field.len -= 2;
    }
    return field;
}

static enum key_part name_part(struct fob_span name)
{
    if (fob_span_is(name, "access key id"))
        return KEY_PART_ID;
    if (fob_span_is(name, "secret access key"))
        return KEY_PART_SECRET;
    return KEY_PART_NONE;
}

bool key_csv_is(struct fob_span text)
{
    struct fob_span header = fob_span_cut(&text, '\n');
    bool has_id = false, has_secret = false;

    while (header.at != NULL) {
        enum key_part part = name_part(next_field(&header));

        has_id |= part == KEY_PART_ID;
        has_secret |= part == KEY_PART_SECRET;
    }
    return has_id && has_secret;
}

static enum fob_status read_row(struct fob_span header, struct fob_span row,
                                struct key_parts *parts)
{
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && header.at != NULL && row.at != NULL) {
        enum key_part part = name_part(next_field(&header));

        status = key_parts_put(parts, part, next_field(&row));
    }
    return status;
}

enum fob_status key_csv_read(struct fob_span text, struct key_parts *parts)
{
    struct fob_span header = fob_span_cut(&text, '\n'), row;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && text.at != NULL) {
        row = fob_span_trim(fob_span_cut(&text, '\n'), " \t\r");
        if (row.len > 0)
            status = read_row(header, row, parts);
    }
    return status;
}
