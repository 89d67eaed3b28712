/* SPDX-License-Identifier: MIT */
#include "host/base/character.h"

#include <stdbool.h>

/* How many bytes a first byte announces; 0 for one that starts nothing. */
static size_t announced_len(uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* RFC 3629 section 4: the second byte's range shuts out overlong forms,
 * surrogates and what lies beyond U+10FFFF. */
static bool second_fits(uint8_t first, uint8_t second)
{
    uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;

    return second >= low && second <= high;
}

size_t fob_character_size(const uint8_t *text, size_t len)
{
    size_t size = len > 0 ? announced_len(text[0]) : 0;

    if (size > len)
        return 0;
    if (size > 1 && !second_fits(text[0], text[1]))
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    return size;
}

unsigned fob_character_point(const uint8_t *text, size_t size)
{
    unsigned point = size == 1 ? text[0] : text[0] & (0xffU >> (size + 1));

    for (size_t i = 1; i < size; i++)
        point = point << 6 | (text[i] & 0x3f);
    return point;
}
