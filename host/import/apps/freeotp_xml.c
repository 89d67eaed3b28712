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
    enum fob_status status =
        token->is_raw ? fob_secret_copy(&json, token->text.at, token->text.len)
                      : flatten_markup(token->text, &json);

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
           (holds(file->text, "&quot;issuerExt&quot;") ||
            holds(file->text, "\"issuerExt\""));
}

struct map {
    struct import_sink *sink;
    bool is_string, has_text; /* in one; which has its text */
    bool is_whole;
};

static enum fob_status say_broken(const struct map *map, size_t line)
{
    return fob_error_set(map->sink->error, FOB_E_SYNTAX,
                         "FreeOTP's tokens are cut off or broken at line %zu",
                         line);
}

/* What a comment cuts in two is no token, nor are two. */
static enum fob_status take_text(struct map *map,
                                 const struct markup_token *token)
{
    if (!map->is_string || fob_span_trim(token->text, " \t\r\n").len == 0)
        return FOB_OK;
    if (map->has_text)
        return say_broken(map, token->line);
    map->has_text = true;
    return put_text(token, map->sink);
}

/* A file that was cut off ends in another tag than it began with. */
static enum fob_status take_token(struct map *map,
                                  const struct markup_token *token)
{
    switch (token->kind) {
    case MARKUP_OPEN:
        if (map->is_string)
            return say_broken(map, token->line);
        map->is_string = fob_span_is(token->name, "string");
        map->has_text = false;
        return FOB_OK;
    case MARKUP_CLOSE:
        map->is_string = false;
        map->is_whole |= fob_span_is(token->name, "map");
        return FOB_OK;
    case MARKUP_TEXT:
        return take_text(map, token);
    case MARKUP_END:
        break;
    }
    return map->is_whole ? FOB_OK : say_broken(map, token->line);
}

static enum fob_status read_map(const struct import_file *file,
                                struct import_sink *sink)
{
    struct markup markup = {.rest = file->text, .line = 1};
    struct map map = {.sink = sink};
    struct markup_token token;
    enum fob_status status;

    do {
        token = markup_next(&markup);
        status = take_token(&map, &token);
    } while (status == FOB_OK && token.kind != MARKUP_END);
    return status;
}

const struct import_format import_freeotp_xml = {
    .app = "FreeOTP", .is_mine = is_mine, .read = read_map};
