/* SPDX-License-Identifier: MIT */
#include "host/import/json/json_view.h"

#include "host/import/json/json_cursor.h"
#include "src/wipe.h"

#include <string.h>

static bool starts_with(struct fob_span value, char c)
{
    return value.len > 0 && value.at[0] == c;
}

static bool is_object(struct fob_span value)
{
    return starts_with(value, '{');
}

bool fob_json_view_is_string(struct fob_span value)
{
    return starts_with(value, '"');
}

/* From its opening quote to past its closing one. */
static void skip_string(struct json_cursor *cursor)
{
    for (cursor->at++; *cursor->at != '"'; cursor->at++)
        if (*cursor->at == '\\')
            cursor->at++;
    cursor->at++;
}

static void skip_nested(struct json_cursor *cursor)
{
    size_t depth = 0;

    do {
        char c = *cursor->at;

        if (c == '"') {
            skip_string(cursor);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        cursor->at++;
    } while (depth > 0);
}

static void skip_bare(struct json_cursor *cursor)
{
    while (cursor->at < cursor->end &&
           memchr(",]} \t\r\n", *cursor->at, 7) == NULL)
        cursor->at++;
}

static struct fob_span take_value(struct json_cursor *cursor)
{
    struct fob_span value;

    json_cursor_skip_space(cursor);
    value.at = cursor->at;
    if (*value.at == '"')
        skip_string(cursor);
    else if (*value.at == '{' || *value.at == '[')
        skip_nested(cursor);
    else
        skip_bare(cursor);
    value.len = (size_t)(cursor->at - value.at);
    json_cursor_skip_space(cursor);
    return value;
}

/* What stands between the brackets of an object or array. */
static struct json_cursor view_inside(struct fob_span value)
{
    struct json_cursor cursor = {value.at + 1, value.at + value.len - 1};

    json_cursor_skip_space(&cursor);
    return cursor;
}

static bool is_null(struct fob_span value)
{
    return starts_with(value, 'n');
}

/* Whether the string `key`, escapes and all, means `name`. */
static bool is_key(struct fob_span key, const char *name)
{
    struct json_cursor cursor = {key.at + 1, key.at + key.len - 1};
    char utf8[JSON_CHARACTER_MAX];

    while (cursor.at < cursor.end) {
        size_t len = json_cursor_character(&cursor, utf8);

        if (strncmp(name, utf8, len) != 0)
            return false;
        name += len;
    }
    return *name == '\0';
}

static size_t find_name(struct fob_span key, const char *const *name,
                        size_t count)
{
    size_t i = 0;

    while (i < count && !is_key(key, name[i]))
        i++;
    return i;
}

enum fob_status fob_json_view_members(struct fob_span object,
                                      const char *const *name, size_t count,
                                      struct fob_span *member)
{
    struct json_cursor cursor;
    uint64_t seen = 0;

    memset(member, 0, count * sizeof(*member));
    if (!is_object(object))
        return FOB_E_SYNTAX;
    for (cursor = view_inside(object); cursor.at < cursor.end;) {
        size_t i = find_name(take_value(&cursor), name, count);
        struct fob_span value;

        json_cursor_take(&cursor, ':');
        value = take_value(&cursor);
        json_cursor_take(&cursor, ',');
        if (i == count)
            continue;
        if (seen >> i & 1)
            return FOB_E_DUPLICATE;
        seen |= 1ULL << i;
        if (!is_null(value))
            member[i] = value;
    }
    return FOB_OK;
}

enum fob_status fob_json_view_elements(struct fob_span array,
                                       struct fob_span *rest)
{
    struct json_cursor cursor;

    *rest = (struct fob_span){0};
    if (!starts_with(array, '['))
        return FOB_E_SYNTAX;
    cursor = view_inside(array);
    *rest = (struct fob_span){cursor.at, (size_t)(cursor.end - cursor.at)};
    return FOB_OK;
}

bool fob_json_view_next(struct fob_span *rest, struct fob_span *element)
{
    struct json_cursor cursor = {rest->at, rest->at + rest->len};

    if (rest->len == 0)
        return false;
    *element = take_value(&cursor);
    json_cursor_take(&cursor, ',');
    *rest = (struct fob_span){cursor.at, (size_t)(cursor.end - cursor.at)};
    return true;
}

static enum fob_status copy_text(struct json_cursor *cursor, char *text,
                                 size_t cap)
{
    char utf8[JSON_CHARACTER_MAX];
    enum fob_status status = FOB_OK;
    size_t text_len = 0;

    while (status == FOB_OK && cursor->at < cursor->end) {
        size_t len = json_cursor_character(cursor, utf8);

        if (len >= cap - text_len) {
            status = FOB_E_TOO_LONG;
        } else {
            memcpy(text + text_len, utf8, len);
            text_len += len;
        }
    }
    text[text_len] = '\0';
    fob_wipe(utf8, sizeof(utf8));
    return status;
}

enum fob_status fob_json_view_text(struct fob_span value, char *text,
                                   size_t cap)
{
    enum fob_status status = FOB_E_SYNTAX;

    if (fob_json_view_is_string(value)) {
        struct json_cursor cursor = {value.at + 1, value.at + value.len - 1};

        status = copy_text(&cursor, text, cap);
    }
    if (status != FOB_OK)
        fob_wipe(text, cap);
    return status;
}

enum fob_status fob_json_view_number(struct fob_span value, uint64_t max,
                                     uint64_t *number)
{
    uint64_t sum = 0;

    *number = 0;
    if (value.len == 0)
        return FOB_E_SYNTAX;
    for (size_t i = 0; i < value.len; i++) {
        uint64_t digit = (uint64_t)value.at[i] - '0';

        if (digit > 9)
            return FOB_E_SYNTAX;
        if (digit > max || sum > (max - digit) / 10)
            return FOB_E_TOO_LONG;
        sum = sum * 10 + digit;
    }
    *number = sum;
    return FOB_OK;
}
