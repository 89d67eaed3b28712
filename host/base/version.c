/* SPDX-License-Identifier: MIT */
#include "host/base/version.h"

#include <stdlib.h>

enum { NUMBERS = 3 };

/* "1.2.3-rc1+build" as 1, 2, 3 and whether there is a pre-release. */
static bool split_version(const char *version, unsigned long number[NUMBERS],
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

bool fob_version_is_before(const char *version, const char *other)
{
    unsigned long mine[NUMBERS], its[NUMBERS];
    bool i_am_early, it_is_early;

    if (!split_version(version, mine, &i_am_early) ||
        !split_version(other, its, &it_is_early))
        return false;
    for (int i = 0; i < NUMBERS; i++)
        if (mine[i] != its[i])
            return mine[i] < its[i];
    return i_am_early && !it_is_early;
}
