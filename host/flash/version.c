/* SPDX-License-Identifier: MIT */
#include "host/flash/version.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const char mark[] = "fob-firmware ";

enum { MARK_LEN = sizeof(mark) - 1 };

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
