/* SPDX-License-Identifier: MIT */
#include "host/import/text/lines.h"

#include "host/import/sink/otpauth_words.h"
#include "host/import/text/parts.h"
#include "host/import/text/uri_name.h"
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

static enum fob_status say_broken(const struct import_sink *sink, size_t number,
                                  enum fob_status status)
{
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(sink->error);
    return fob_error_set(sink->error, FOB_E_SYNTAX,
                         "%s %zu is not a whole otpauth-migration URI",
                         sink->unit, number);
}

static enum fob_status read_part(struct fob_span line, size_t number,
                                 struct import_sink *sink)
{
    struct fob_secret payload = {0};
    enum fob_status status = migration_open(line, &payload);
    bool is_new = false;

    if (status == FOB_OK)
        status = parts_note(sink, &payload, number, &is_new);
    if (status != FOB_OK && sink->error->status == FOB_OK)
        status = say_broken(sink, number, status);
    if (is_new)
        status = migration_accounts(&payload, number, sink);
    fob_secret_free(&payload);
    return status;
}

static enum fob_status read_uri(struct fob_span line, size_t number,
                                struct import_sink *sink)
{
    char words[FOB_OTPAUTH_WORDS_MAX];
    struct fob_otpauth_fault fault;
    enum fob_status status =
        fob_otpauth_read(line, NULL, sink->account, &fault);

    if (status != FOB_OK && status != FOB_E_TOO_SHORT)
        uri_name_read(line, sink->account);
    fob_otpauth_words_put(&fault, words);
    return sink_put(sink, number, status, words);
}

static enum fob_status read_line(struct fob_span line, size_t number,
                                 struct import_sink *sink)
{
    if (migration_is_uri(line))
        return read_part(line, number, sink);
    if (!is_otpauth(line))
        return fob_error_set(sink->error, FOB_E_SYNTAX,
                             "%s %zu is no otpauth URI", sink->unit, number);
    return read_uri(line, number, sink);
}

enum fob_status lines_read(struct fob_span text, struct import_sink *sink)
{
    enum fob_status status = FOB_OK;
    struct fob_span line;
    size_t number = 0;

    while (status == FOB_OK && next_line(&text, &line, &number))
        status = read_line(line, number, sink);
    return status;
}
