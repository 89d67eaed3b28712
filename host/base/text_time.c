/* SPDX-License-Identifier: MIT */
/* RFC 3339 times in UTC. */
#include "host/base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* What four digits of year can say. */
static const int64_t first_s = -62167219200; /* 0000-01-01T00:00:00Z */
static const int64_t last_s = 253402300799;  /* 9999-12-31T23:59:59Z */

/* `count` digits of `value` and `mark`; what comes after them. */
static char *put_digits(char *text, int count, int value, char mark)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        text[i] = (char)('0' + value % 10);
    text[count] = mark;
    return text + count + 1;
}

void fob_text_time(int64_t unix_s, char text[static FOB_TEXT_TIME_LEN + 1])
{
    time_t at = unix_s < first_s ? first_s : unix_s > last_s ? last_s : unix_s;
    struct tm tm;

    gmtime_r(&at, &tm);
    /* Not by strftime, which reads the local time zone's file first. */
    text = put_digits(text, 4, tm.tm_year + 1900, '-');
    text = put_digits(text, 2, tm.tm_mon + 1, '-');
    text = put_digits(text, 2, tm.tm_mday, 'T');
    text = put_digits(text, 2, tm.tm_hour, ':');
    text = put_digits(text, 2, tm.tm_min, ':');
    text = put_digits(text, 2, tm.tm_sec, 'Z');
    *text = '\0';
}

/* `count` digits at *text as a number, -1 when there are fewer. */
static int time_digits(const char **text, int count)
{
    int value = 0;

    for (; count > 0; count--, (*text)++) {
        if (**text < '0' || **text > '9')
            return -1;
        value = value * 10 + (**text - '0');
    }
    return value;
}

/* RFC 3339 section 5.6: a fraction, then a zone; only UTC is served. */
static bool time_tail(const char *text)
{
    if (*text == '.') {
        if (text[1] < '0' || text[1] > '9')
            return false;
        text += 1 + strspn(text + 1, "0123456789");
    }
    return strcmp(text, "Z") == 0 || strcmp(text, "z") == 0 ||
           strcmp(text, "+00:00") == 0 || strcmp(text, "-00:00") == 0;
}

static bool time_fields(const char **text, struct tm *tm)
{
    static const struct {
        int digits;
        const char *after;
    } shape[6] = {{4, "-"}, {2, "-"}, {2, "Tt "}, {2, ":"}, {2, ":"}, {2, ""}};
    int value[6];

    for (int i = 0; i < 6; i++) {
        value[i] = time_digits(text, shape[i].digits);
        if (value[i] < 0)
            return false;
        if (i < 5 &&
            (**text == '\0' || strchr(shape[i].after, *(*text)++) == NULL))
            return false;
    }
    *tm = (struct tm){.tm_year = value[0] - 1900,
                      .tm_mon = value[1] - 1,
                      .tm_mday = value[2],
                      .tm_hour = value[3],
                      .tm_min = value[4],
                      .tm_sec = value[5]};
    return true;
}

enum fob_status fob_text_time_parse(const char *text, int64_t *unix_s)
{
    const char *at = text;
    struct tm tm;
    char again[FOB_TEXT_TIME_LEN + 1];
    int64_t value;

    *unix_s = 0;
    if (!time_fields(&at, &tm) || !time_tail(at))
        return FOB_E_SYNTAX;
    value = timegm(&tm);
    fob_text_time(value, again);
    /* timegm carries 30 February over into March; then it reads otherwise. */
    if (memcmp(again, text, 10) != 0 || memcmp(again + 11, text + 11, 8) != 0)
        return FOB_E_SYNTAX;
    *unix_s = value;
    return FOB_OK;
}
