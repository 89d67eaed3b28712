/* SPDX-License-Identifier: MIT */
/* The grammar of RFC 8259, so that all later reading can trust the text. */
#include "host/import/json/json_cursor.h"
#include "host/import/json/json_view.h"

#include <string.h>

static bool check_value(struct json_cursor *cursor, unsigned depth);

static bool check_string(struct json_cursor *cursor)
{
    char utf8[JSON_CHARACTER_MAX];

    if (!json_cursor_take(cursor, '"'))
        return false;
    while (!json_cursor_take(cursor, '"'))
        if (json_cursor_character(cursor, utf8) == 0)
            return false;
    return true;
}

static bool check_digits(struct json_cursor *cursor)
{
    const char *start = cursor->at;

    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9')
        cursor->at++;
    return cursor->at > start;
}

static bool check_number(struct json_cursor *cursor)
{
    json_cursor_take(cursor, '-');
    if (!json_cursor_take(cursor, '0') && !check_digits(cursor))
        return false;
    if (json_cursor_take(cursor, '.') && !check_digits(cursor))
        return false;
    if (!json_cursor_take(cursor, 'e') && !json_cursor_take(cursor, 'E'))
        return true;
    if (!json_cursor_take(cursor, '+'))
        json_cursor_take(cursor, '-');
    return check_digits(cursor);
}

static bool check_word(struct json_cursor *cursor, const char *word)
{
    while (*word != '\0' && json_cursor_take(cursor, *word))
        word++;
    return *word == '\0';
}

static bool check_array(struct json_cursor *cursor, unsigned depth)
{
    if (!json_cursor_take(cursor, '[') || depth > FOB_JSON_VIEW_DEPTH_MAX)
        return false;
    json_cursor_skip_space(cursor);
    if (json_cursor_take(cursor, ']'))
        return true;
    do
        if (!check_value(cursor, depth))
            return false;
    while (json_cursor_take(cursor, ','));
    return json_cursor_take(cursor, ']');
}

static bool check_member(struct json_cursor *cursor, unsigned depth)
{
    json_cursor_skip_space(cursor);
    if (!check_string(cursor))
        return false;
    json_cursor_skip_space(cursor);
    return json_cursor_take(cursor, ':') && check_value(cursor, depth);
}

static bool check_object(struct json_cursor *cursor, unsigned depth)
{
    if (!json_cursor_take(cursor, '{') || depth > FOB_JSON_VIEW_DEPTH_MAX)
        return false;
    json_cursor_skip_space(cursor);
    if (json_cursor_take(cursor, '}'))
        return true;
    do
        if (!check_member(cursor, depth))
            return false;
    while (json_cursor_take(cursor, ','));
    return json_cursor_take(cursor, '}');
}

static bool check_bare(struct json_cursor *cursor, unsigned depth)
{
    if (cursor->at == cursor->end)
        return false;
    switch (*cursor->at) {
    case '{':
        return check_object(cursor, depth + 1);
    case '[':
        return check_array(cursor, depth + 1);
    case '"':
        return check_string(cursor);
    case 't':
        return check_word(cursor, "true");
    case 'f':
        return check_word(cursor, "false");
    case 'n':
        return check_word(cursor, "null");
    default:
        return check_number(cursor);
    }
}

/* A value and the white space around it; the depth bounds the recursion. */
static bool check_value(struct json_cursor *cursor, unsigned depth)
{
    json_cursor_skip_space(cursor);
    if (!check_bare(cursor, depth))
        return false;
    json_cursor_skip_space(cursor);
    return true;
}

static size_t line_of(struct fob_span text, const char *at)
{
    size_t line = 1;

    for (const char *c = text.at; c < at; c++)
        line += *c == '\n';
    return line;
}

enum fob_status fob_json_view_open(struct fob_span text, struct fob_span *value,
                                   size_t *line)
{
    struct json_cursor cursor = {text.at, text.at + text.len};

    *value = (struct fob_span){0};
    *line = 0;
    if (!check_value(&cursor, 0) || cursor.at < cursor.end) {
        *line = line_of(text, cursor.at);
        return FOB_E_SYNTAX;
    }
    *value = fob_span_trim(text, " \t\r\n");
    return FOB_OK;
}
