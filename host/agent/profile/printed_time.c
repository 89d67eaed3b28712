/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/printed_time.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const char digits[] = "0123456789";

static void skip_spaces(const char **at)
{
    *at += strspn(*at, " \t\r\n");
}

/* `count` digits as a number of `least` to `most`. */
static bool take_number(const char **at, size_t count, int least, int most,
                        int *value)
{
    *value = 0;
    if (strspn(*at, digits) < count)
        return false;
    for (; count > 0; count--)
        *value = *value * 10 + *(*at)++ - '0';
    return *value >= least && *value <= most;
}

static bool take_mark(const char **at, char mark)
{
    bool is_there = **at == mark;

    *at += is_there;
    return is_there;
}

static bool take_date(const char **at, struct tm *tm, bool *is_basic)
{
    int year, month;

    if (!take_number(at, 4, 1, 9999, &year))
        return false;
    *is_basic = !take_mark(at, '-');
    if (!take_number(at, 2, 1, 12, &month) ||
        (!*is_basic && !take_mark(at, '-')) ||
        !take_number(at, 2, 1, 31, &tm->tm_mday))
        return false;
    tm->tm_year = year - 1900;
    tm->tm_mon = month - 1;
    return true;
}

static bool take_between(const char **at, bool is_basic)
{
    const char *from = *at;

    if (**at == 'T' || **at == 't')
        (*at)++;
    else
        skip_spaces(at);
    return *at > from || is_basic;
}

/* A fraction of a second says nothing here. */
static bool take_fraction(const char **at)
{
    size_t len;

    if (**at != '.' && **at != ',')
        return true;
    len = strspn(*at + 1, digits);
    *at += 1 + len;
    return len > 0;
}

static bool take_time(const char **at, struct tm *tm)
{
    bool has_marks;

    tm->tm_min = tm->tm_sec = 0;
    if (!take_number(at, 2, 0, 23, &tm->tm_hour))
        return false;
    has_marks = take_mark(at, ':');
    if (!has_marks && strspn(*at, digits) == 0)
        return true;
    if (!take_number(at, 2, 0, 59, &tm->tm_min))
        return false;
    if (has_marks ? !take_mark(at, ':') : strspn(*at, digits) == 0)
        return true;
    return take_number(at, 2, 0, 59, &tm->tm_sec) && take_fraction(at);
}

/* Minutes east of UTC. */
static enum fob_status take_zone(const char **at, int *east_min)
{
    static const char *const utc[] = {"UTC", "GMT", "Z"};
    int sign = **at == '-' ? -1 : 1, hours, minutes = 0;

    *east_min = 0;
    for (size_t i = 0; i < sizeof(utc) / sizeof(utc[0]); i++)
        if (strncasecmp(*at, utc[i], strlen(utc[i])) == 0) {
            *at += strlen(utc[i]);
            return FOB_OK;
        }
    if (**at == '\0')
        return FOB_E_TOO_SHORT;
    if (*(*at)++ != (sign < 0 ? '-' : '+') ||
        !take_number(at, 2, 0, 23, &hours))
        return FOB_E_SYNTAX;
    if ((take_mark(at, ':') || strspn(*at, digits) > 0) &&
        !take_number(at, 2, 0, 59, &minutes))
        return FOB_E_SYNTAX;
    *east_min = sign * (hours * 60 + minutes);
    return FOB_OK;
}

/* timegm carries 30 February over into March. */
static bool is_same_day(const struct tm *one, const struct tm *other)
{
    return one->tm_mday == other->tm_mday && one->tm_mon == other->tm_mon;
}

enum fob_status printed_time_parse(const char *text, int64_t *unix_s)
{
    struct tm tm = {0}, carried;
    bool is_basic;
    int east_min;
    int64_t local_s;
    enum fob_status status;

    *unix_s = 0;
    skip_spaces(&text);
    if (!take_date(&text, &tm, &is_basic))
        return FOB_E_SYNTAX;
    if (*text == '\0')
        return FOB_E_TOO_SHORT;
    if (!take_between(&text, is_basic) || !take_time(&text, &tm))
        return FOB_E_SYNTAX;
    skip_spaces(&text);
    carried = tm;
    local_s = timegm(&carried);
    if (!is_same_day(&tm, &carried))
        return FOB_E_SYNTAX;
    status = take_zone(&text, &east_min);
    skip_spaces(&text);
    if (status != FOB_OK || *text != '\0')
        return status != FOB_OK ? status : FOB_E_SYNTAX;
    *unix_s = local_s - (int64_t)east_min * 60;
    return FOB_OK;
}
