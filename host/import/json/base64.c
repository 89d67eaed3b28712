/* SPDX-License-Identifier: MIT */
#include "host/import/json/base64.h"

/* All ones when low <= value <= high, else zero; each below 2^31. */
static uint32_t mask_between(uint32_t value, uint32_t low, uint32_t high)
{
    return (((value - low) | (high - value)) >> 31) - 1;
}

/* The value of a symbol; *bad becomes non-zero when it is none. */
static uint32_t decode_symbol(uint32_t c, uint32_t *bad)
{
    uint32_t upper = mask_between(c, 'A', 'Z');
    uint32_t lower = mask_between(c, 'a', 'z');
    uint32_t digit = mask_between(c, '0', '9');
    uint32_t dash = mask_between(c, '+', '+') | mask_between(c, '-', '-');
    uint32_t slash = mask_between(c, '/', '/') | mask_between(c, '_', '_');

    *bad |= ~(upper | lower | digit | dash | slash);
    return ((c - 'A') & upper) | ((c - 'a' + 26) & lower) |
           ((c - '0' + 52) & digit) | (62 & dash) | (63 & slash);
}

/* The symbols before the padding; 1 modulo 4, which nothing is encoded to,
 * when the padding is wrong. */
static size_t count_symbols(const char *text, size_t len)
{
    size_t count = len;

    while (count > 0 && len - count < 2 && text[count - 1] == '=')
        count--;
    return count < len && len % 4 != 0 ? 1 : count;
}

enum fob_status base64_decode(const char *text, size_t len, uint8_t *data,
                              size_t *data_len)
{
    size_t symbols = count_symbols(text, len), at = 0;
    uint32_t bits = 0, bad = 0;
    unsigned count = 0;

    *data_len = 0;
    if (symbols % 4 == 1)
        return FOB_E_SYNTAX;
    for (size_t i = 0; i < symbols; i++) {
        bits = bits << 6 | decode_symbol((uint8_t)text[i], &bad);
        count += 6;
        if (count >= 8) {
            count -= 8;
            data[at++] = (uint8_t)(bits >> count);
        }
    }
    if (bad != 0 || (bits & ((1U << count) - 1)) != 0)
        return FOB_E_SYNTAX;
    *data_len = at;
    return FOB_OK;
}
