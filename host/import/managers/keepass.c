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
    KEY, /* and those behind it, which hold a text and nothing else */
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
    bool is_raw;   /* the value */
    bool has_text; /* the element that it is in */
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

/* The element that it is in, so many levels up. */
static enum element element_up(const struct walk *walk, size_t levels)
{
    return walk->depth > levels ? walk->path[walk->depth - 1 - levels] : OTHER;
}

static bool is_inside(const struct walk *walk, enum element element)
{
    for (size_t i = 0; i < walk->depth; i++)
        if (walk->path[i] == element)
            return true;
    return false;
}

/* What of an entry stands where it would hide what is around it. */
static bool is_misplaced(const struct walk *walk, enum element element)
{
    if (element_up(walk, 0) >= KEY)
        return true;
    if (element == ENTRY && walk->histories == 0)
        return is_inside(walk, ENTRY);
    return element == STRING && is_inside(walk, STRING);
}

static enum fob_status open_element(struct walk *walk,
                                    const struct markup_token *token)
{
    enum element element = read_name(token->name);

    if (walk->depth == DEPTH_MAX || is_misplaced(walk, element))
        return say_broken(walk, token->line);
    walk->path[walk->depth++] = element;
    walk->has_text = false;
    walk->histories += element == HISTORY;
    if (element == STRING)
        walk->key = walk->value = (struct fob_span){0};
    if (element == ENTRY && walk->histories == 0)
        walk->entry = (struct keepass_entry){.line = token->line};
    return FOB_OK;
}

/* False for a second one, which would be taken in the first one's place. */
static bool take_string(struct walk *walk, struct fob_span *part,
                        const struct markup_token *token)
{
    if (element_up(walk, 1) != STRING)
        return true;
    if (part->len > 0)
        return false;
    *part = token->text;
    if (part == &walk->value)
        walk->is_raw = token->is_raw;
    return true;
}

static void take_uuid(struct walk *walk, struct fob_span text)
{
    if (element_up(walk, 1) == GROUP && text.len == walk->bin.len &&
        memcmp(text.at, walk->bin.at, text.len) == 0)
        walk->bin_depth = walk->depth - 1;
}

/* Of what has one text, a comment cuts it in two. */
static enum fob_status take_text(struct walk *walk,
                                 const struct markup_token *token)
{
    struct fob_span text = fob_span_trim(token->text, " \t\r\n");
    enum element element = element_up(walk, 0);
    bool is_first = !walk->has_text;

    if (element < KEY || text.len == 0)
        return FOB_OK;
    walk->has_text = true;
    if (element == KEY)
        is_first = take_string(walk, &walk->key, token);
    if (element == VALUE)
        is_first = take_string(walk, &walk->value, token);
    if (element == BIN)
        walk->bin = text;
    if (element == UUID)
        take_uuid(walk, text);
    return is_first ? FOB_OK : say_broken(walk, token->line);
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
        keepass_entry_note(&walk->entry, walk->key, walk->value, walk->is_raw);
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
        return take_text(walk, token);
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
