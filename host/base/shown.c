/* SPDX-License-Identifier: MIT */
#include "host/base/shown.h"

#include "host/base/character.h"

#include <stdio.h>
#include <string.h>

enum {
    ZERO_WIDTH_NON_JOINER = 0x200c,
    ZERO_WIDTH_JOINER = 0x200d,
    EMOJI_STYLE = 0xfe0f,
    SPELLING_MAX = 16, /* "\u{10ffff}" */
};

/* Unicode 15: Cc, Cf, Zl, Zp, Default_Ignorable_Code_Point and
 * noncharacters, as far as they are not letters. */
static const struct {
    unsigned first;
    unsigned last;
} hidden[] = {
    {0x0000, 0x001f},   {0x007f, 0x009f},   {0x00ad, 0x00ad},
    {0x034f, 0x034f},   {0x0600, 0x0605},   {0x061c, 0x061c},
    {0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x0890, 0x0891},
    {0x08e2, 0x08e2},   {0x115f, 0x1160},   {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},
    {0x2060, 0x206f},   {0x3164, 0x3164},   {0xfdd0, 0xfdef},
    {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
    {0xfff0, 0xfffb},   {0xfffe, 0xffff},   {0x110bd, 0x110bd},
    {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

bool fob_shown_is_hidden(unsigned point)
{
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
        if (point >= hidden[i].first && point <= hidden[i].last)
            return true;
    return (point & 0xfffe) == 0xfffe;
}

/* Signs and pictures; with what makes a picture of a sign. */
static bool is_emoji(unsigned point)
{
    return (point >= 0x2190 && point <= 0x2bff) || point == EMOJI_STYLE ||
           (point >= 0x1f000 && point <= 0x1faff);
}

/* Persian and the scripts of India need the joiners between their letters,
 * emoji between their parts; a variation selector makes one of a sign.
 * Elsewhere they are there to make two names look the same. */
static bool is_in_place(unsigned point, unsigned before, bool is_last)
{
    if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER)
        return !is_last &&
               ((before >= 0x0600 && before <= 0x1fff) || is_emoji(before));
    return point == EMOJI_STYLE && is_emoji(before) && before != EMOJI_STYLE;
}

/* The next character of a text. */
struct step {
    const uint8_t *at;
    size_t size; /* 0 for a byte that begins no character */
    unsigned point;
    bool is_shown;
};

/* `before` is the character that was shown before, or 0. */
static struct step look_at(const uint8_t *at, size_t len, unsigned before)
{
    struct step step = {.at = at, .size = fob_character_size(at, len)};

    if (step.size == 0)
        return step;
    step.point = fob_character_point(at, step.size);
    step.is_shown = !fob_shown_is_hidden(step.point) ||
                    is_in_place(step.point, before, step.size == len);
    return step;
}

static size_t spell_out(const struct step *step, char text[static SPELLING_MAX])
{
    int len = step->size == 0
                  ? snprintf(text, SPELLING_MAX, "\\x%02x", *step->at)
                  : snprintf(text, SPELLING_MAX, "\\u{%x}", step->point);

    return (size_t)len;
}

size_t fob_shown_put(char *out, size_t cap, const void *text, size_t len)
{
    const uint8_t *at = text, *end = at + len;
    unsigned before = 0;
    size_t used = 0;

    while (at < end) {
        struct step step = look_at(at, (size_t)(end - at), before);
        char spelling[SPELLING_MAX];
        size_t more = step.is_shown ? step.size : spell_out(&step, spelling);

        if (used + more >= cap)
            break;
        memcpy(out + used, step.is_shown ? (const char *)at : spelling, more);
        before = step.is_shown ? step.point : 0;
        used += more;
        at += step.size > 0 ? step.size : 1;
    }
    out[used] = '\0';
    return used;
}

size_t fob_shown_put_lines(char *out, size_t cap, const char *text)
{
    size_t used = 0;

    for (;;) {
        size_t len = strcspn(text, "\n");

        used += fob_shown_put(out + used, cap - used, text, len);
        if (text[len] == '\0' || used + 1 >= cap)
            return used;
        out[used++] = '\n';
        out[used] = '\0';
        text += len + 1;
    }
}

bool fob_shown_is_plain(const void *text, size_t len)
{
    const uint8_t *at = text, *end = at + len;
    unsigned before = 0;

    while (at < end) {
        struct step step = look_at(at, (size_t)(end - at), before);

        if (!step.is_shown)
            return false;
        before = step.point;
        at += step.size;
    }
    return true;
}
