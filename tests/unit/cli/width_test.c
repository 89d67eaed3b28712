/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/width.h"

#include "host/base/character.h"
#include "tests/lib/tap.h"

#include <stdlib.h>

static void test_elided(const char *text, size_t width, const char *want)
{
    char got[256];

    snprintf(got, sizeof(got), "%s", text);
    width_elide(got, width);
    tap_ok(strcmp(got, want) == 0 && fob_character_columns(got) <= width,
           "%s in %zu: %s", text, width, got);
}

static void test_width(const char *columns, size_t want)
{
    setenv("COLUMNS", columns, 1);
    tap_ok(width_find() == want, "COLUMNS=%s: %zu", columns, want);
}

int main(void)
{
    test_elided("short", 8, "short");
    test_elided("just fits", 9, "just fits");
    test_elided("arn:aws:iam::111122223333:mfa/alice", 20,
                "arn:a...33:mfa/alice");
    test_elided("\xe6\x9d\xb1\xe4\xba\xac\xe6\x9d\xb1\xe4\xba\xac"
                "\xe6\x9d\xb1\xe4\xba\xac",
                9, "\xe6\x9d\xb1...\xe6\x9d\xb1\xe4\xba\xac");
    test_elided("e\xcc\x81"
                "e\xcc\x81 0123456789 e\xcc\x81"
                "e\xcc\x81",
                9,
                "e\xcc\x81"
                "e\xcc\x81"
                "...9 e\xcc\x81"
                "e\xcc\x81");
    test_elided("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 8,
                "\xff...\xff\xff\xff\xff");
    test_width("132", 132);
    test_width("7", WIDTH_MIN);
    test_width("99999999", WIDTH_USUAL);
    test_width("-1", WIDTH_USUAL);
    test_width("", WIDTH_USUAL);
    return tap_done();
}
