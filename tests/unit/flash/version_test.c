/* SPDX-License-Identifier: MIT */
/* The version of an image. */
#include "host/flash/version.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static bool finds(const void *data, size_t len, const char *want)
{
    char version[VERSION_MAX + 1];
    uint8_t *exact = exact_copy(data, len);
    bool same;

    version_find(exact, len, version);
    same = strcmp(version, want) == 0;
    if (!same)
        printf("# got %s\n", version);
    free(exact);
    return same;
}

#define FINDS(text, want) finds(text, sizeof(text) - 1, want)

static void test_find(void)
{
    char long_one[13 + 80] = "fob-firmware ";

    tap_ok(FINDS("..fob-firmware 0.1.0+abc\0..", "0.1.0+abc"), "a version");
    tap_ok(FINDS("", "") && FINDS("fob-firmware", ""), "none");
    tap_ok(FINDS("fob-firmware 1.0.0", ""), "one that the image cuts off");
    tap_ok(FINDS("fob-firmware \0", ""), "an empty one");
    tap_ok(FINDS("fob-firmware 1 2\0fob-firmware 3.4.5\0", "3.4.5"),
           "the first that is one");
    tap_ok(FINDS("fob-firmware \x1b[2J\0", ""), "control characters");
    memset(long_one + 13, '1', 63);
    tap_ok(finds(long_one, 13 + 64, long_one + 13), "63 characters");
    long_one[13 + 63] = '1';
    tap_ok(finds(long_one, 13 + 65, ""), "64 are too many");
}

int main(void)
{
    test_find();
    return tap_done();
}
