/* SPDX-License-Identifier: MIT */
/* FreeOTP's tokens.xml, as Android's backup and a rooted phone have it: a map
 * of strings, each a token in JSON but for their order. */
#include "host/import/apps/apps.h"
#include "host/import/apps/freeotp.h"
#include "host/import/json/json_view.h"
#include "host/import/text/flatten.h"
#include "host/import/text/markup.h"

#include <string.h>

static enum fob_status put_token(struct fob_span json, size_t place,
                                 struct import_sink *sink)
{
    struct fob_span value;
    size_t line;

    if (fob_json_view_open(json, &value, &line) != FOB_OK)
        return sink_put(sink, place, FOB_E_SYNTAX, NULL);
    if (value.at[0] != '{') /* tokenOrder */
        return FOB_OK;
    return freeotp_token_put(value, place, sink);
}

static enum fob_status put_text(const struct markup_token *token,
                                struct import_sink *sink)
{
    struct fob_secret json = {0};
    enum fob_status status = flatten_markup(token->text, &json);

    if (status != FOB_OK)
        return fob_error_no_memory(sink->error);
    status = put_token((struct fob_span){(char *)json.data, json.len},
                       token->line, sink);
    fob_secret_free(&json);
    return status;
}

static bool holds(struct fob_span text, const char *word)
{
    return memmem(text.at, text.len, word, strlen(word)) != NULL;
}

static bool is_mine(const struct import_file *file)
{
    return flatten_is_markup(file->text) && holds(file->text, "<map>") &&
           holds(file->text, "&quot;issuerExt&quot;");
}

/* A file that was cut off ends in another tag than it began with. */
static enum fob_status read_map(const struct import_file *file,
                                struct import_sink *sink)
{
    struct markup markup = {.rest = file->text, .line = 1};
    struct markup_token token = {.kind = MARKUP_TEXT};
    enum fob_status status = FOB_OK;
    bool is_string = false, is_whole = false;

    while (status == FOB_OK && token.kind != MARKUP_END) {
        token = markup_next(&markup);
        if (token.kind == MARKUP_TEXT && is_string)
            status = put_text(&token, sink);
        is_string =
            token.kind == MARKUP_OPEN && fob_span_is(token.name, "string");
        is_whole |=
            token.kind == MARKUP_CLOSE && fob_span_is(token.name, "map");
    }
    if (status != FOB_OK || is_whole)
        return status;
    return fob_error_set(sink->error, FOB_E_SYNTAX,
                         "FreeOTP's tokens are cut off at line %zu",
                         token.line);
}

const struct import_format import_freeotp_xml = {
    .app = "FreeOTP", .is_mine = is_mine, .read = read_map};
