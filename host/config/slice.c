/* SPDX-License-Identifier: MIT */
#include "host/config/slice.h"

#include <string.h>

enum { PIECE_LEN = 128 };

/* Bytes that follow a lead byte, or -1 for a byte that leads nothing. */
static int slice_tail_len(uint8_t lead)
{
    if (lead < 0x80)
        return 0;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 1;
    if (lead >= 0xe0 && lead <= 0xef)
        return 2;
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : -1;
}

/* Whether `second` may follow `lead`: no overlong form, no surrogate, nothing
 * above U+10FFFF (Unicode 15, table 3-7). */
static bool slice_is_second(uint8_t lead, uint8_t second)
{
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;

    return second >= low && second <= high;
}

/* Bytes of the character at `byte`, or 0 when it is none. */
static size_t slice_character_len(const uint8_t *byte, size_t left)
{
    int tail = slice_tail_len(byte[0]);

    if (byte[0] == 0 || tail < 0 || (size_t)tail >= left)
        return 0;
    for (int i = 1; i <= tail; i++)
        if (i == 1 ? !slice_is_second(byte[0], byte[1])
                   : (byte[i] & 0xc0) != 0x80)
            return 0;
    return (size_t)tail + 1;
}

/* How many of the first bytes come in eights of ASCII without a NUL. */
static size_t slice_plain_len(const char *text, size_t len)
{
    const uint64_t ones = 0x0101010101010101U, tops = ones << 7;
    size_t at = 0;
    uint64_t eight;

    for (; len - at >= sizeof(eight); at += sizeof(eight)) {
        memcpy(&eight, text + at, sizeof(eight));
        if (((eight | (eight - ones)) & tops) != 0)
            break;
    }
    return at;
}

size_t slice_valid_len(const char *text, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t step = slice_plain_len(text + at, len - at);

        if (step == 0)
            step = slice_character_len((const uint8_t *)text + at, len - at);
        if (step == 0)
            break;
        at += step;
    }
    return at;
}

uint32_t slice_next(struct slice *slice)
{
    uint8_t lead = (uint8_t)*slice->start++;
    int tail = slice_tail_len(lead);
    uint32_t character = tail > 0 ? lead & (0x3fU >> tail) : lead;

    for (int i = 0; i < tail; i++)
        character = character << 6 | ((uint8_t)*slice->start++ & 0x3fU);
    return character;
}

bool slice_is_empty(const struct slice *slice)
{
    return slice->start == slice->end;
}

static bool is_space(uint32_t character)
{
    return (character >= 0x09 && character <= 0x0d) ||
           (character >= 0x1c && character <= 0x20) || character == 0x85 ||
           character == 0xa0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200a) ||
           character == 0x2028 || character == 0x2029 || character == 0x202f ||
           character == 0x205f || character == 0x3000;
}

bool slice_is_break(uint32_t character)
{
    return (character >= 0x0a && character <= 0x0d) ||
           (character >= 0x1c && character <= 0x1e) || character == 0x85 ||
           character == 0x2028 || character == 0x2029;
}

/* A letter or the like of ASCII, as nearly all are. */
static bool is_plain(char character)
{
    return character > ' ' && (uint8_t)character < 0x7f;
}

size_t slice_trim_start(struct slice *slice)
{
    size_t count = 0;

    while (!slice_is_empty(slice) && !is_plain(*slice->start)) {
        struct slice rest = *slice;

        if (!is_space(slice_next(&rest)))
            break;
        *slice = rest;
        count++;
    }
    return count;
}

void slice_trim_end(struct slice *slice)
{
    while (!slice_is_empty(slice) && !is_plain(slice->end[-1])) {
        const char *last = slice->end - 1;

        while (((uint8_t)*last & 0xc0) == 0x80)
            last--;
        if (!is_space(slice_next(&(struct slice){last, slice->end})))
            break;
        slice->end = last;
    }
}

void slice_trim(struct slice *slice)
{
    slice_trim_start(slice);
    slice_trim_end(slice);
}

/* The first of them within `len` bytes. */
static const char *slice_find_within(const char *start, size_t len,
                                     const char *characters)
{
    const char *found = NULL;

    for (; *characters != '\0' && len > 0; characters++) {
        const char *at = memchr(start, *characters, len);

        if (at == NULL)
            continue;
        found = at;
        len = (size_t)(at - start);
    }
    return found;
}

/* A piece at a time: one character may be near, and another nowhere. */
const char *slice_find(const struct slice *slice, const char *characters)
{
    const char *found = NULL;

    for (const char *at = slice->start; found == NULL && at < slice->end;) {
        size_t left = (size_t)(slice->end - at);
        size_t len = left < PIECE_LEN ? left : PIECE_LEN;

        found = slice_find_within(at, len, characters);
        at += len;
    }
    return found;
}
