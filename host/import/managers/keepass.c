/* SPDX-License-Identifier: MIT */
/* The XML that KeePass and KeePassXC export: entries, without their history. */
#include "host/import/managers/keepass_entry.h"
#include "host/import/managers/managers.h"
#include "host/import/text/flatten.h"
#include "host/import/text/markup.h"

#include <string.h>

enum { DEPTH_MAX = 64 };

enum element {
    OTHER,
    GROUP,
    ENTRY,
    HISTORY,
    STRING,
    KEY,
    VALUE,
    UUID,
    BIN,
};

struct walk {
    struct import_sink *sink;
    enum element path[DEPTH_MAX];
    size_t depth;
    size_t histories; /* that it is in: what was is no account */
    struct fob_span bin;
    size_t bin_depth; /* of the recycle bin that it is in, or 0 */
    struct fob_span key, value;
    struct keepass_entry entry;
};

static enum element read_name(struct fob_span name)
{
    static const char *const names[] = {
        [GROUP] = "group",   [ENTRY] = "entry",       [HISTORY] = "history",
        [STRING] = "string", [KEY] = "key",           [VALUE] = "value",
        [UUID] = "uuid",     [BIN] = "recyclebinuuid"};

    for (unsigned i = GROUP; i < sizeof(names) / sizeof(*names); i++)
        if (fob_span_is(name, names[i]))
            return (enum element)i;
    return OTHER;
}

static enum fob_status say_broken(const struct walk *walk, size_t line)
{
    return fob_error_set(walk->sink->error, FOB_E_SYNTAX,
                         "the export of KeePass is cut off or broken on line "
                         "%zu",
                         line);
}

static enum fob_status open_element(struct walk *walk,
                                    const struct markup_token *token)
{
    enum element element = read_name(token->name);

    if (walk->depth == DEPTH_MAX)
        return say_broken(walk, token->line);
    walk->path[walk->depth++] = element;
    walk->histories += element == HISTORY;
    if (element == STRING)
        walk->key = walk->value = (struct fob_span){0};
    if (element == ENTRY && walk->histories == 0)
        walk->entry = (struct keepass_entry){.line = token->line};
    return FOB_OK;
}

static void take_text(struct walk *walk, struct fob_span text)
{
    enum element element =
        walk->depth > 0 ? walk->path[walk->depth - 1] : OTHER;

    if (element == KEY)
        walk->key = text;
    if (element == VALUE)
        walk->value = text;
    text = fob_span_trim(text, " \t\r\n");
    if (element == BIN)
        walk->bin = text;
    if (element == UUID && walk->depth > 1 &&
        walk->path[walk->depth - 2] == GROUP && text.len > 0 &&
        text.len == walk->bin.len &&
        memcmp(text.at, walk->bin.at, text.len) == 0)
        walk->bin_depth = walk->depth - 1;
}

static enum fob_status close_element(struct walk *walk,
                                     const struct markup_token *token)
{
    enum element element;

    if (walk->depth == 0)
        return say_broken(walk, token->line);
    element = walk->path[--walk->depth];
    if (element != read_name(token->name))
        return say_broken(walk, token->line);
    walk->histories -= element == HISTORY;
    if (element == GROUP && walk->bin_depth == walk->depth + 1)
        walk->bin_depth = 0;
    if (walk->histories > 0)
        return FOB_OK;
    if (element == STRING)
        keepass_entry_note(&walk->entry, walk->key, walk->value);
    if (element == ENTRY)
        return keepass_entry_put(&walk->entry, walk->bin_depth > 0, walk->sink);
    return FOB_OK;
}

static enum fob_status take_token(struct walk *walk,
                                  const struct markup_token *token)
{
    switch (token->kind) {
    case MARKUP_OPEN:
        return open_element(walk, token);
    case MARKUP_CLOSE:
        return close_element(walk, token);
    case MARKUP_TEXT:
        take_text(walk, token->text);
        return FOB_OK;
    case MARKUP_END:
        break;
    }
    return walk->depth == 0 ? FOB_OK : say_broken(walk, token->line);
}

static bool is_mine(const struct import_file *file)
{
    enum { LOOK_AT = 1024 };
    static const char mark[] = "<KeePassFile";
    size_t len = file->text.len < LOOK_AT ? file->text.len : LOOK_AT;

    return flatten_is_markup(file->text) &&
           memmem(file->text.at, len, mark, sizeof(mark) - 1) != NULL;
}

static enum fob_status read_export(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct markup markup = {.rest = file->text, .line = 1};
    struct walk walk = {.sink = sink};
    enum fob_status status = FOB_OK;
    struct markup_token token;

    do {
        token = markup_next(&markup);
        status = take_token(&walk, &token);
    } while (status == FOB_OK && token.kind != MARKUP_END);
    return status;
}

const struct import_format import_keepass = {
    .app = "KeePass", .is_mine = is_mine, .read = read_export};
