/* SPDX-License-Identifier: MIT */
/* The cells of a character are those that the C library gives it. */
#define _XOPEN_SOURCE 700
#include "host/base/character.h"

#include "tests/lib/tap.h"

#include <locale.h>
#include <wchar.h>

/* Kinds that libraries and terminals do not agree on: the soft hyphen, marks
 * that a number or a verse is written over, jamo, what has no meaning yet. */
static bool is_disputed(wint_t point)
{
    return point == 0xad || (point >= 0x600 && point <= 0x605) ||
           point == 0x6dd || point == 0x70f || point == 0x890 ||
           point == 0x891 || point == 0x8e2 || point == 0x110bd ||
           point == 0x110cd || (point >= 0x1160 && point <= 0x11ff) ||
           (point >= 0xd7b0 && point <= 0xd7fb) || point >= 0xe0000;
}

static void test_library(void)
{
    unsigned compared = 0, others = 0;

    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
        tap_ok(true, "as the C library has it # SKIP no C.UTF-8");
        return;
    }
    for (wint_t point = 0x20; point < 0x30000; point++) {
        int want = wcwidth((wchar_t)point);

        if (want < 0 || is_disputed(point))
            continue;
        compared++;
        if (fob_character_width(point) == (size_t)want)
            continue;
        if (others++ < 20)
            printf("# U+%04X: %zu, the library's %d\n", (unsigned)point,
                   fob_character_width(point), want);
    }
    tap_ok(compared > 100000 && others * 1000 < compared,
           "as the C library has it: %u of %u differ", others, compared);
}

static void test_texts(void)
{
    static const struct {
        const char *text;
        size_t cells;
    } texts[] = {
        {"", 0},
        {"work", 4},
        {"w\xc3\xb6rk", 4},                         /* o with diaeresis */
        {"wo\xcc\x88rk", 4},                        /* the same, combined */
        {"\xe6\x9d\xb1\xe4\xba\xac", 4},            /* Tokyo, in kanji */
        {"\xf0\x9f\x94\x91", 2},                    /* a key */
        {"\xe2\x9c\x85", 2},                        /* a check mark */
        {"\xea\xb0\x80", 2},                        /* Hangul */
        {"\xe2\x80\x8d", 0},                        /* zero-width joiner */
        {"a\xff\xc3", 3},                           /* no UTF-8 */
        {"\xef\xbd\xb1", 1},                        /* halfwidth katakana */
        {"\xe0\xb8\x81\xe0\xb8\xb3\xe0\xb8\xb1", 2} /* Thai with a vowel */
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        tap_ok(fob_character_columns(texts[i].text) == texts[i].cells,
               "cells of \"%s\": %zu", texts[i].text, texts[i].cells);
}

int main(void)
{
    test_texts();
    test_library();
    return tap_done();
}
