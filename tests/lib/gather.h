/* SPDX-License-Identifier: MIT */
/* A listing of the token under test, with all its parts. */
#ifndef FOB_TESTS_LIB_GATHER_H
#define FOB_TESTS_LIB_GATHER_H

#include "tests/lib/fixture.h"

static uint8_t gather_all[1 << 18];
static size_t gather_len;
static int gather_parts;

/* Ask, and ask on by `next`; the largest part, 0 when it does not end well. */
__attribute__((unused)) static size_t gather(const char *hex, const char *next)
{
    unsigned sw = fixture_ask(hex);
    size_t largest = 0;

    gather_len = 0;
    gather_parts = 0;
    for (;;) {
        memcpy(gather_all + gather_len, fixture_reply, fixture_reply_len);
        gather_len += fixture_reply_len;
        gather_parts++;
        if (fixture_reply_len > largest)
            largest = fixture_reply_len;
        if (sw != 0x6100)
            break;
        sw = fixture_ask(next);
    }
    return sw == 0x9000 ? largest : 0;
}

/* Whether all of it is just this. */
__attribute__((unused)) static bool gathered(const char *hex)
{
    size_t len;
    uint8_t *wanted = exact_hex(hex, &len);
    bool same = len == gather_len && memcmp(wanted, gather_all, len) == 0;

    free(wanted);
    return same;
}

#endif
