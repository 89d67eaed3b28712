/* SPDX-License-Identifier: MIT */
#include "src/utf8.h"

enum { NEXT_LINE = 0x85 }; /* the one blank among C1 */

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

uint32_t fob_utf8_next(const char *text, size_t len, size_t *size)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t part = sequence_len(*at);

    *size = 1;
    if (part < 2 || part > len)
        return part == 1 ? *at : 0;
    if (!is_shown(sequence_value(at, part), part) &&
        sequence_value(at, part) != NEXT_LINE)
        return 0;
    *size = part;
    return sequence_value(at, part);
}

struct range {
    uint16_t first, last;
};

static bool is_within(uint32_t point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    return false;
}

/* Unicode's White_Space, and those of Default_Ignorable_Code_Point that
 * clipboards and web pages put between words. */
bool fob_utf8_is_blank(uint32_t point)
{
    static const struct range blanks[] = {
        {0x09, 0x0d},     {0x20, 0x20},     {0x85, 0x85},     {0xa0, 0xa0},
        {0xad, 0xad},     {0x034f, 0x034f}, {0x061c, 0x061c}, {0x1680, 0x1680},
        {0x180e, 0x180e}, {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x2064},
        {0x2066, 0x206f}, {0x3000, 0x3000}, {0xfeff, 0xfeff},
    };

    return is_within(point, blanks, sizeof(blanks) / sizeof(*blanks));
}

/* What a hyphen becomes in text that was set beautifully. */
bool fob_utf8_is_dash(uint32_t point)
{
    static const struct range dashes[] = {
        {'-', '-'},       {0x2010, 0x2015}, {0x2212, 0x2212},
        {0xfe58, 0xfe58}, {0xfe63, 0xfe63}, {0xff0d, 0xff0d},
    };

    return is_within(point, dashes, sizeof(dashes) / sizeof(*dashes));
}
