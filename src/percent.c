/* SPDX-License-Identifier: MIT */
#include "src/percent.h"

#include "src/span.h"
#include "src/wipe.h"

#include <stdbool.h>

/* The value of a hexadecimal digit, or 16 and more for anything else. */
static unsigned hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A' + 10);
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a' + 10);
    return 16;
}

/* The next character, 0 for a fault; *at moves past it. */
static char next_char(const char *data, size_t len, size_t *at, char plus)
{
    unsigned high, low;
    char c = data[(*at)++];

    if (c == '+')
        return plus;
    if (c != '%')
        return c;
    if (len - *at < 2)
        return '\0';
    high = hex_value(data[(*at)++]);
    low = hex_value(data[(*at)++]);
    return high > 15 || low > 15 ? '\0' : (char)(high << 4 | low);
}

/* `plus` is what '+' stands for. */
static enum fob_status decode_text(struct fob_span data, char plus, char *text,
                                   size_t cap)
{
    enum fob_status status = FOB_OK;
    size_t text_len = 0;

    for (size_t at = 0; at < data.len && status == FOB_OK;) {
        char c = next_char(data.at, data.len, &at, plus);

        if (c == '\0')
            status = FOB_E_SYNTAX;
        else if (text_len + 1 >= cap)
            status = FOB_E_TOO_LONG;
        else
            text[text_len++] = c;
    }
    if (status != FOB_OK) {
        fob_wipe(text, cap);
        return status;
    }
    text[text_len] = '\0';
    return FOB_OK;
}

enum fob_status fob_percent_decode(const char *data, size_t len, char *text,
                                   size_t cap)
{
    return decode_text((struct fob_span){data, len}, '+', text, cap);
}

enum fob_status fob_percent_decode_form(const char *data, size_t len,
                                        char *text, size_t cap)
{
    return decode_text((struct fob_span){data, len}, ' ', text, cap);
}

static bool is_plain(char c, const char *safe)
{
    while (*safe != '\0' && *safe != c)
        safe++;
    return *safe != '\0' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void fob_percent_put(struct fob_writer *writer, const char *text,
                     const char *safe)
{
    static const char hex[] = "0123456789ABCDEF";

    for (; *text != '\0'; text++) {
        uint8_t byte = (uint8_t)*text;

        if (is_plain(*text, safe)) {
            fob_put_u8(writer, byte);
        } else {
            fob_put_u8(writer, '%');
            fob_put_u8(writer, (uint8_t)hex[byte >> 4]);
            fob_put_u8(writer, (uint8_t)hex[byte & 15]);
        }
    }
}
