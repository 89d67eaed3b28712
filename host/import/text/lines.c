/* SPDX-License-Identifier: MIT */
#include "host/import/text/lines.h"

#include "host/import/text/parts.h"
#include "src/otpauth.h"

/* The next line that says something, trimmed; *number is its place. */
static bool next_line(struct fob_span *text, struct fob_span *line,
                      size_t *number)
{
    while (text->at != NULL) {
        ++*number;
        *line = fob_span_trim(fob_span_cut(text, '\n'), " \t\r");
        if (line->len > 0 && line->at[0] != '#')
            return true;
    }
    return false;
}

static bool is_otpauth(struct fob_span line)
{
    return fob_span_is(fob_span_cut(&line, ':'), "otpauth");
}

static enum fob_status say_broken(size_t number, enum fob_status status,
                                  struct fob_error *error)
{
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    return fob_error_set(error, FOB_E_SYNTAX,
                         "line %zu is not a whole otpauth-migration URI",
                         number);
}

static enum fob_status note_part(struct import_parts *parts,
                                 struct fob_span line, size_t number,
                                 struct fob_error *error)
{
    struct fob_secret payload = {0};
    struct migration_part part;
    enum fob_status status = migration_open(line, &payload);

    if (status == FOB_OK)
        status = migration_part(&payload, &part);
    fob_secret_free(&payload);
    if (status != FOB_OK)
        return say_broken(number, status, error);
    return parts_note(parts, &part, line, number, error);
}

/* Every line is a URI, and no part of an export is missing. */
static enum fob_status check_lines(struct fob_span text,
                                   struct import_parts *parts,
                                   struct fob_error *error)
{
    enum fob_status status = FOB_OK;
    struct fob_span line;
    size_t number = 0;

    while (status == FOB_OK && next_line(&text, &line, &number)) {
        if (migration_is_uri(line))
            status = note_part(parts, line, number, error);
        else if (!is_otpauth(line))
            status = fob_error_set(error, FOB_E_SYNTAX,
                                   "line %zu is no otpauth URI", number);
    }
    return status == FOB_OK ? parts_check(parts, error) : status;
}

static enum fob_status read_part(struct fob_span line, size_t number,
                                 struct import_sink *sink)
{
    struct fob_secret payload = {0};
    enum fob_status status = migration_open(line, &payload);

    if (status != FOB_OK)
        return say_broken(number, status, sink->error);
    status = migration_accounts(&payload, number, sink);
    fob_secret_free(&payload);
    return status;
}

enum fob_status lines_read(struct fob_span text, struct import_sink *sink)
{
    struct import_parts parts = {0};
    enum fob_status status = check_lines(text, &parts, sink->error);
    struct fob_span line;
    size_t number = 0;

    while (status == FOB_OK && next_line(&text, &line, &number)) {
        if (!migration_is_uri(line))
            status = sink_put(
                sink, number,
                fob_otpauth_parse(line.at, line.len, sink->account), NULL);
        else if (parts_holds(&parts, number))
            status = read_part(line, number, sink);
    }
    return status;
}
