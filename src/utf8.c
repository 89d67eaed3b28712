/* SPDX-License-Identifier: MIT */
#include "src/utf8.h"

#include <stdint.h>

/* Bytes of the sequence that `lead` begins, or 0 when it begins none. */
static size_t sequence_len(uint8_t lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if ((lead & 0xf0) == 0xe0)
        return 3;
    if (lead >= 0xf0 && lead <= 0xf4)
        return 4;
    return 0;
}

/* The code point of a sequence of `len` bytes, or 0 when it is malformed. */
static uint32_t sequence_value(const uint8_t *at, size_t len)
{
    uint32_t value = len == 1 ? at[0] : at[0] & (0xffU >> (len + 1));

    for (size_t i = 1; i < len; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3f);
    }
    return value;
}

static bool is_shown(uint32_t value, size_t len)
{
    if (value < 0x20 || (value >= 0x7f && value < 0xa0))
        return false;
    if (len == 3)
        return value >= 0x800 && (value < 0xd800 || value > 0xdfff);
    return len < 4 || (value >= 0x10000 && value <= 0x10ffff);
}

bool fob_utf8_is_text(const char *text, size_t len)
{
    const uint8_t *at = (const uint8_t *)text;

    while (len > 0) {
        size_t part = sequence_len(*at);

        if (part == 0 || part > len ||
            !is_shown(sequence_value(at, part), part))
            return false;
        at += part;
        len -= part;
    }
    return true;
}
