/* SPDX-License-Identifier: MIT */
#include "host/flash/version.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] = "fob-firmware ";

enum { MARK_LEN = sizeof mark - 1, NUMBERS = 3 };

/* Copy the text at `at` if it is a version, NUL and all. */
static bool take_text(const uint8_t *at, const uint8_t *end,
                      char version[VERSION_MAX + 1])
{
    size_t len = 0;

    while (len <= VERSION_MAX && at + len < end && at[len] > 0x20 &&
           at[len] < 0x7f)
        len++;
    if (len == 0 || len > VERSION_MAX || at + len == end || at[len] != '\0')
        return false;
    memcpy(version, at, len + 1);
    return true;
}

void version_find(const void *data, size_t len, char version[VERSION_MAX + 1])
{
    const uint8_t *at = data, *end = at + len;

    version[0] = '\0';
    while ((at = memmem(at, (size_t)(end - at), mark, MARK_LEN)) != NULL) {
        at += MARK_LEN;
        if (take_text(at, end, version))
            return;
    }
}

/* "1.2.3-rc1+build" as 1, 2, 3 and whether there is a pre-release. */
static bool split(const char *version, unsigned long number[NUMBERS],
                  bool *is_early)
{
    for (int i = 0; i < NUMBERS; i++) {
        char *end;

        if (*version < '0' || *version > '9')
            return false;
        number[i] = strtoul(version, &end, 10);
        if (i < NUMBERS - 1 && *end++ != '.')
            return false;
        version = end;
    }
    *is_early = *version == '-';
    return *version == '\0' || *version == '-' || *version == '+';
}

bool version_is_before(const char *version, const char *other)
{
    unsigned long mine[NUMBERS], its[NUMBERS];
    bool i_am_early, it_is_early;

    if (!split(version, mine, &i_am_early) || !split(other, its, &it_is_early))
        return false;
    for (int i = 0; i < NUMBERS; i++)
        if (mine[i] != its[i])
            return mine[i] < its[i];
    return i_am_early && !it_is_early;
}
