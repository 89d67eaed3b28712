/* SPDX-License-Identifier: MIT */
#include "host/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum fob_status fob_text_format(char *text, size_t cap, const char *format, ...)
{
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(text, cap, format, arguments);
    va_end(arguments);
    if (len >= 0 && (size_t)len < cap)
        return FOB_OK;
    if (cap > 0)
        memset(text, 0, cap);
    return FOB_E_TOO_LONG;
}

enum fob_status fob_text_copy(char *out, size_t cap, const char *text)
{
    size_t len = strlen(text);

    if (len < cap) {
        memcpy(out, text, len + 1);
        return FOB_OK;
    }
    if (cap > 0)
        memset(out, 0, cap);
    return FOB_E_TOO_LONG;
}

/* strcasestr, but the same in every locale. */
static char text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool text_starts(const char *text, const char *part)
{
    while (*part && text_lower(*text) == text_lower(*part))
        text++, part++;
    return *part == '\0';
}

bool fob_text_contains(const char *text, const char *part)
{
    for (;; text++) {
        if (text_starts(text, part))
            return true;
        if (*text == '\0')
            return false;
    }
}

enum fob_status fob_text_number(const char *text, uint64_t max,
                                uint64_t *number)
{
    uint64_t value = 0;

    *number = 0;
    if (*text == '\0')
        return FOB_E_SYNTAX;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return FOB_E_SYNTAX;
        unsigned digit = (unsigned)(*text - '0');
        if (value > (max - digit) / 10 || digit > max)
            return FOB_E_SYNTAX;
        value = value * 10 + digit;
    }
    *number = value;
    return FOB_OK;
}

void fob_text_hex(const void *data, size_t len, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *byte = data;

    for (size_t i = 0; i < len; i++) {
        *hex++ = digits[byte[i] >> 4];
        *hex++ = digits[byte[i] & 15];
    }
    *hex = '\0';
}
