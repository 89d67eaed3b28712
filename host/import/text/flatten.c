/* SPDX-License-Identifier: MIT */
#include "host/import/text/flatten.h"

#include "host/import/json/json_cursor.h"

#include <string.h>

bool flatten_is_markup(struct fob_span text)
{
    text = fob_span_trim(text, " \t\r\n");
    return text.len > 1 && text.at[0] == '<' &&
           (text.at[1] == '?' || text.at[1] == '!' ||
            (text.at[1] >= 'A' && text.at[1] <= 'Z') ||
            (text.at[1] >= 'a' && text.at[1] <= 'z'));
}

static void put_bytes(struct fob_secret *flat, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        flat->data[flat->len++] =
            (uint8_t)((uint8_t)bytes[i] < ' ' ? '\r' : bytes[i]);
}

/* From behind its opening quote to behind its closing one. */
static void flatten_string(struct json_cursor *cursor, struct fob_secret *flat)
{
    char utf8[JSON_CHARACTER_MAX];

    while (cursor->at < cursor->end && *cursor->at != '"')
        put_bytes(flat, utf8, json_cursor_character(cursor, utf8));
}

enum fob_status flatten_json(struct fob_span json, struct fob_secret *flat)
{
    struct json_cursor cursor = {json.at, json.at + json.len};
    enum fob_status status = fob_secret_alloc(flat, json.len);
    bool is_inside = false;

    if (status != FOB_OK)
        return status;
    while (cursor.at < cursor.end) {
        char c = *cursor.at++;

        flat->data[flat->len++] = (uint8_t)c;
        if (c == '"')
            is_inside = !is_inside;
        if (is_inside)
            flatten_string(&cursor, flat);
    }
    return FOB_OK;
}

/* The ASCII character of "&#38;" or "&#x26;", without the '&' and the ';'. */
static char read_number(struct fob_span name)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    bool is_hex = name.len > 1 && (name.at[1] == 'x' || name.at[1] == 'X');
    unsigned value = 0, base = is_hex ? 16 : 10;

    for (size_t i = is_hex ? 2 : 1; i < name.len && value < 0x80; i++) {
        const char *digit = memchr(digits, name.at[i], sizeof(digits) - 1);

        if (digit == NULL || (unsigned)(digit - digits) % 16 >= base)
            return '\0';
        value = value * base + (unsigned)(digit - digits) % 16;
    }
    return value >= ' ' && value < 0x7f ? (char)value : '\0';
}

static char read_entity(struct fob_span name)
{
    static const struct {
        const char *name;
        char meant;
    } named[] = {{"amp", '&'},    {"lt", '<'},     {"gt", '>'},  {"quot", '"'},
                 {"apos", '\''},  {"colon", ':'},  {"sol", '/'}, {"quest", '?'},
                 {"equals", '='}, {"percnt", '%'}, {"nbsp", ' '}};

    if (name.len > 0 && name.at[0] == '#')
        return read_number(name);
    for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
        if (fob_span_is(name, named[i].name))
            return named[i].meant;
    return '\0';
}

/* The character that an entity at the begin of `text` stands for, or NUL; its
 * bytes in *len. */
static char match_entity(struct fob_span text, size_t *len)
{
    enum { ENTITY_MAX = 10 };
    size_t max = text.len < ENTITY_MAX ? text.len : ENTITY_MAX;
    const char *end = memchr(text.at, ';', max);

    if (text.at[0] != '&' || end == NULL)
        return '\0';
    *len = (size_t)(end - text.at) + 1;
    return read_entity((struct fob_span){text.at + 1, *len - 2});
}

enum fob_status flatten_markup(struct fob_span text, struct fob_secret *flat)
{
    enum fob_status status = fob_secret_alloc(flat, text.len);

    for (size_t at = 0; status == FOB_OK && at < text.len;) {
        size_t len = 1;
        char meant =
            match_entity((struct fob_span){text.at + at, text.len - at}, &len);

        if (meant == '\0') {
            meant = text.at[at];
            len = 1;
        }
        flat->data[flat->len++] = (uint8_t)meant;
        at += len;
    }
    return status;
}
