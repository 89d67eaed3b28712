/* SPDX-License-Identifier: MIT */
#include "host/import/text/lines.h"

#include "host/import/sink/otpauth_words.h"
#include "host/import/text/migration.h"
#include "host/import/text/uri_cut.h"
#include "host/import/text/uri_end.h"
#include "host/import/text/uri_put.h"
#include "host/import/text/uris.h"
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

bool lines_is_list(struct fob_span text)
{
    struct fob_span line;
    size_t number = 0;

    return next_line(&text, &line, &number) &&
           (migration_is_uri(line) ||
            fob_otpauth_kind(line) == FOB_OTPAUTH_RIGHT);
}

/* Links that only their own app follows are what people come with most. */
static enum fob_status say_other(struct fob_span line, size_t number,
                                 struct import_sink *sink)
{
    const struct fob_otpauth_fault fault = {.wrong = fob_otpauth_kind(line),
                                            .part = FOB_OTPAUTH_PART_WHOLE};
    char words[FOB_OTPAUTH_WORDS_MAX];

    fob_otpauth_words_put(&fault, words);
    fob_error_set(sink->error, FOB_E_SYNTAX, "%s %zu is no otpauth URI: %s",
                  sink->unit, number, words);
    if (fault.wrong >= FOB_OTPAUTH_MICROSOFT && fault.wrong <= FOB_OTPAUTH_WEB)
        fob_otpauth_words_hint(&fault, sink->error);
    return FOB_E_SYNTAX;
}

static enum fob_status read_line(struct fob_span line, size_t number,
                                 struct import_sink *sink)
{
    static const struct uri_names none = {{0}, {0}};

    if (!migration_is_uri(line) && fob_otpauth_kind(line) != FOB_OTPAUTH_RIGHT)
        return say_other(line, number, sink);
    if (!uri_end_is_lone(line) || uri_cut_fault_alone(line) != NULL)
        return uris_put(line, number, &none, sink);
    return uri_put(line, &none, number, sink);
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
