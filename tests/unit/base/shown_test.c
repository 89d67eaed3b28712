/* SPDX-License-Identifier: MIT */
/* What a terminal gets to see of text from elsewhere. */
#include "host/base/shown.h"

#include "tests/lib/random.h"
#include "tests/lib/tap.h"

static const struct {
    const char *text;
    const char *shown;
    const char *why;
} samples[] = {
    {"plain", "plain", "ASCII"},
    {"", "", "nothing"},
    {"\xd9\x85\xd8\xad\xd9\x85\xd8\xaf", "\xd9\x85\xd8\xad\xd9\x85\xd8\xaf",
     "Arabic letters"},
    {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
     "Hebrew letters"},
    {"\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae",
     "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae", "Persian with its non-joiner"},
    {"\xe0\xa4\x95\xe0\xa5\x8d\xe2\x80\x8d\xe0\xa4\xb7",
     "\xe0\xa4\x95\xe0\xa5\x8d\xe2\x80\x8d\xe0\xa4\xb7",
     "Devanagari with its joiner"},
    {"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
     "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", "an emoji of two"},
    {"\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4\xef\xb8\x8f", "a red heart"},
    {"\xe2\x9d\xa4\xef\xb8\x8f\xef\xb8\x8f",
     "\xe2\x9d\xa4\xef\xb8\x8f\\u{fe0f}", "not a second selector"},
    {"a\nb\tc\x1b[2J", "a\\u{a}b\\u{9}c\\u{1b}[2J", "C0"},
    {"\x7f", "\\u{7f}", "DEL"},
    {"\xc2\x9b"
     "31m",
     "\\u{9b}31m", "C1"},
    {"\x9b"
     "31m",
     "\\x9b31m", "a lone byte that is a C1 to some terminals"},
    {"\xe2\x80", "\\xe2\\x80", "half a character"},
    {"\xc0\x8a", "\\xc0\\x8a", "an overlong form"},
    {"\xed\xa0\x80", "\\xed\\xa0\\x80", "a surrogate"},
    {"gpj\xe2\x80\xae"
     "exe",
     "gpj\\u{202e}exe", "right-to-left override"},
    {"\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}", "isolates"},
    {"\xd8\x9c", "\\u{61c}", "the Arabic letter mark"},
    {"a\xe2\x80\xa8"
     "b\xe2\x80\xa9",
     "a\\u{2028}b\\u{2029}", "separators"},
    {"a\xe2\x80\x8b"
     "b",
     "a\\u{200b}b", "zero-width space"},
    {"a\xe2\x80\x8d"
     "b",
     "a\\u{200d}b", "a joiner between Latin letters"},
    {"\xd9\x85\xe2\x80\x8c", "\xd9\x85\\u{200c}", "a joiner of nothing"},
    {"\xef\xbb\xbfx", "\\u{feff}x", "a byte order mark"},
    {"x\xc2\xad", "x\\u{ad}", "soft hyphen"},
    {"x\xe3\x85\xa4", "x\\u{3164}", "a filler"},
    {"\xf3\xa0\x81\x81", "\\u{e0041}", "a tag"},
    {"\xef\xbf\xbf", "\\u{ffff}", "a noncharacter"},
    {"\xf4\x8f\xbf\xbf", "\\u{10ffff}", "the last one"},
};

static void test_samples(void)
{
    char shown[128], again[128];

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        const char *text = samples[i].text;
        size_t len = fob_shown_put(shown, sizeof(shown), text, strlen(text));

        tap_ok(len == strlen(shown) && strcmp(shown, samples[i].shown) == 0,
               "%s: %s", samples[i].why, shown);
        fob_shown_put(again, sizeof(again), shown, len);
        tap_ok(strcmp(again, shown) == 0 && fob_shown_is_plain(shown, len),
               "and once is enough");
        tap_ok(fob_shown_is_plain(text, strlen(text)) ==
                   (strcmp(text, samples[i].shown) == 0),
               "and whether it is plain is told");
    }
}

static void test_room(void)
{
    char shown[8];

    tap_ok(fob_shown_put(shown, sizeof(shown), "ab\x1b", 3) == 2 &&
               strcmp(shown, "ab") == 0,
           "a spelling that does not fit is left out whole");
    tap_ok(fob_shown_put(shown, 3, "a\xc3\xa9", 3) == 1,
           "and so is a character");
    tap_ok(fob_shown_put_lines(shown, sizeof(shown), "a\nb\n") == 4 &&
               strcmp(shown, "a\nb\n") == 0,
           "lines of fob's own stay lines");
    tap_ok(fob_shown_put_lines(shown, 3, "a\nb\n") == 2 &&
               strcmp(shown, "a\n") == 0,
           "as far as there is room");
    tap_ok(fob_shown_put(shown, 1, "a", 1) == 0 && shown[0] == '\0',
           "no room, no text");
    tap_ok(fob_shown_put(shown, sizeof(shown), "a\0b", 3) == 7 &&
               strcmp(shown, "a\\u{0}b") == 0,
           "a NUL is spelled out");
}

/* Whatever the bytes: what comes out is plain and of the size announced. */
static void test_random(void)
{
    size_t faults = 0;

    random_seed();
    for (int i = 0; i < 20000; i++) {
        uint8_t text[24];
        char shown[sizeof(text) * FOB_SHOWN_GROWTH + 1];
        size_t len = random_below(sizeof(text) + 1);

        for (size_t j = 0; j < len; j++)
            text[j] =
                (uint8_t)(random_below(3) == 0 ? 0xe2 : random_below(256));
        faults += fob_shown_put(shown, sizeof(shown), text, len) < len / 4 ||
                  !fob_shown_is_plain(shown, strlen(shown));
    }
    tap_ok(faults == 0, "random bytes are always shown plainly");
}

int main(void)
{
    test_samples();
    test_room();
    test_random();
    return tap_done();
}
