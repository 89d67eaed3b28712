/* SPDX-License-Identifier: MIT */
#include "host/import/json/json_cursor.h"

#include <stdint.h>
#include <string.h>

enum { HEX_DIGITS = 4 };

void json_cursor_skip_space(struct json_cursor *cursor)
{
    while (cursor->at < cursor->end &&
           (*cursor->at == ' ' || *cursor->at == '\t' || *cursor->at == '\n' ||
            *cursor->at == '\r'))
        cursor->at++;
}

bool json_cursor_take(struct json_cursor *cursor, char c)
{
    if (cursor->at == cursor->end || *cursor->at != c)
        return false;
    cursor->at++;
    return true;
}

/* Four hexadecimal digits; 0, which no escape may stand for, if they are
 * not there. */
static uint32_t take_hex(struct json_cursor *cursor)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    uint32_t value = 0;

    if (cursor->end - cursor->at < HEX_DIGITS)
        return 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
        const char *digit = memchr(digits, *cursor->at++, sizeof(digits) - 1);

        if (digit == NULL)
            return 0;
        value = value << 4 | (uint32_t)((digit - digits) % 16);
    }
    return value;
}

static bool is_surrogate(uint32_t unit, uint32_t first)
{
    return unit >= first && unit < first + 0x400;
}

/* What follows "\u": a code point, or 0. */
static uint32_t take_code_point(struct json_cursor *cursor)
{
    uint32_t unit = take_hex(cursor), low;

    if (is_surrogate(unit, 0xdc00))
        return 0;
    if (!is_surrogate(unit, 0xd800))
        return unit;
    if (!json_cursor_take(cursor, '\\') || !json_cursor_take(cursor, 'u'))
        return 0;
    low = take_hex(cursor);
    if (!is_surrogate(low, 0xdc00))
        return 0;
    return 0x10000 + ((unit - 0xd800) << 10 | (low - 0xdc00));
}

/* RFC 3629 section 3; 0 bytes for U+0000. */
static size_t put_utf8(uint32_t code, char *utf8)
{
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        utf8[i] = (char)(0x80 | (code & 0x3f));
    utf8[0] = (char)(lead[len] | code);
    return len == 1 && code == 0 ? 0 : len;
}

static size_t take_escape(struct json_cursor *cursor, char *utf8)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    const char *letter;

    if (json_cursor_take(cursor, 'u'))
        return put_utf8(take_code_point(cursor), utf8);
    if (cursor->at == cursor->end)
        return 0;
    letter = memchr(letters, *cursor->at++, sizeof(letters) - 1);
    if (letter == NULL)
        return 0;
    utf8[0] = meant[letter - letters];
    return 1;
}

size_t json_cursor_character(struct json_cursor *cursor,
                             char utf8[static JSON_CHARACTER_MAX])
{
    if (json_cursor_take(cursor, '\\'))
        return take_escape(cursor, utf8);
    if (cursor->at == cursor->end || (unsigned char)*cursor->at < 0x20)
        return 0;
    utf8[0] = *cursor->at++;
    return 1;
}
