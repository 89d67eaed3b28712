/* SPDX-License-Identifier: MIT */
#include "host/base/text.h"
#include "tests/lib/tap.h"

#include <stdlib.h>
#include <time.h>

static void formats(void)
{
    char text[6];

    tap_ok(fob_text_format(text, sizeof(text), "%d", 12345) == FOB_OK &&
               strcmp(text, "12345") == 0,
           "what fits to the byte is written");
    tap_ok(fob_text_format(text, sizeof(text), "%d", 123456) ==
                   FOB_E_TOO_LONG &&
               text[0] == '\0',
           "what does not leaves nothing");
}

static void copies(void)
{
    char text[] = "before";

    tap_ok(fob_text_copy(text, sizeof(text), "%s 5\xc3") == FOB_OK &&
               strcmp(text, "%s 5\xc3") == 0,
           "a copy that fits to the byte is whole, and no format");
    tap_ok(fob_text_copy(text, sizeof(text), "1234567") == FOB_E_TOO_LONG &&
               text[0] == '\0',
           "one byte more leaves nothing");
    tap_ok(fob_text_copy(text, 1, "") == FOB_OK && text[0] == '\0',
           "room for the end is room for an empty text");
    text[0] = 'x';
    tap_ok(fob_text_copy(text, 0, "") == FOB_E_TOO_LONG && text[0] == 'x',
           "where there is no room nothing is written");
}

static void contains(void)
{
    tap_ok(fob_text_contains("Amazon Web Services", "WEB"),
           "a part is found without regard to case");
    tap_ok(fob_text_contains("ababac", "ABAC"),
           "also where a beginning of it came before");
    tap_ok(!fob_text_contains("prod", "production"), "a whole is no part");
    tap_ok(!fob_text_contains("a[b", "A{B"), "only letters have a case");
    tap_ok(fob_text_contains("", ""), "nothing is part of nothing");
}

static void numbers(void)
{
    static const struct {
        const char *text;
        uint64_t max;
        enum fob_status status;
        uint64_t number;
    } rows[] = {
        {"0", 0, FOB_OK, 0},
        {"1", 0, FOB_E_SYNTAX, 0},
        {"007", 7, FOB_OK, 7},
        {"43200", 43200, FOB_OK, 43200},
        {"43201", 43200, FOB_E_SYNTAX, 0},
        {"18446744073709551615", UINT64_MAX, FOB_OK, UINT64_MAX},
        {"18446744073709551616", UINT64_MAX, FOB_E_SYNTAX, 0},
        {"99999999999999999999999", UINT64_MAX, FOB_E_SYNTAX, 0},
        {"", 9, FOB_E_SYNTAX, 0},
        {"-1", 9, FOB_E_SYNTAX, 0},
        {"+1", 9, FOB_E_SYNTAX, 0},
        {" 1", 9, FOB_E_SYNTAX, 0},
        {"1 ", 9, FOB_E_SYNTAX, 0},
        {"0x1", 9, FOB_E_SYNTAX, 0},
    };
    uint64_t number;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        tap_ok(fob_text_number(rows[i].text, rows[i].max, &number) ==
                       rows[i].status &&
                   number == rows[i].number,
               "\"%s\" up to %llu", rows[i].text,
               (unsigned long long)rows[i].max);
}

static void hex(void)
{
    char text[7];

    fob_text_hex("\x00\x9f\xff", 3, text);
    tap_ok(strcmp(text, "009fff") == 0, "bytes become hex");
}

/* Against libc's own calendar, day by day and on odd seconds. */
static void times_agree_with_libc(void)
{
    char mine[FOB_TEXT_TIME_LEN + 1], libc[64];
    int64_t back;
    int wrong = 0;

    for (int64_t at = -62167219200; at <= 253402300799; at += 86400 * 17 + 61) {
        time_t t = at;
        struct tm tm;
        gmtime_r(&t, &tm);
        snprintf(libc, sizeof(libc), "%04d-%02d-%02dT%02d:%02d:%02dZ",
                 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                 tm.tm_min, tm.tm_sec);
        fob_text_time(at, mine);
        wrong += strcmp(mine, libc) != 0 ||
                 fob_text_time_parse(mine, &back) != FOB_OK || back != at;
    }
    tap_ok(wrong == 0, "times over ten millennia are written and read back");
    fob_text_time(INT64_MAX, mine);
    tap_ok(strcmp(mine, "9999-12-31T23:59:59Z") == 0, "beyond, the last one");
    fob_text_time(INT64_MIN, mine);
    tap_ok(strcmp(mine, "0000-01-01T00:00:00Z") == 0, "before, the first");
}

static void times_read(void)
{
    static const char *const good[] = {
        "2026-11-23T17:33:00Z",      "2026-11-23T17:33:00.123456Z",
        "2026-11-23T17:33:00+00:00", "2026-11-23t17:33:00z",
        "2026-11-23 17:33:00-00:00",
    };
    static const char *const bad[] = {
        "",
        "2026-11-23",
        "2026-11-23T17:33:00",
        "2026-11-23T17:33:00+01:00",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-1-01T00:00:00Z",
        "2026-11-23T17:33:00.Z",
        "2026-11-23T17:33:00ZZ",
        "+026-11-23T17:33:00Z",
        " 2026-11-23T17:33:00Z",
    };
    int64_t at;

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        tap_ok(fob_text_time_parse(good[i], &at) == FOB_OK && at == 1795455180,
               "\"%s\" is that time", good[i]);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        /* On the heap, to its exact size. */
        char *copy = strdup(bad[i]);
        if (copy == NULL)
            exit(1);
        tap_ok(fob_text_time_parse(copy, &at) == FOB_E_SYNTAX && at == 0,
               "\"%s\" is no time", bad[i]);
        free(copy);
    }
}

int main(void)
{
    formats();
    copies();
    contains();
    numbers();
    hex();
    times_agree_with_libc();
    times_read();
    return tap_done();
}
