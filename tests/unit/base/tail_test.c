/* SPDX-License-Identifier: MIT */
#include "host/base/tail.h"

#include "tests/lib/tap.h"

#include <stdio.h>
#include <string.h>

static void test_fold(const char *said, const char *line)
{
    struct fob_tail tail = {0};

    fob_tail_add(&tail, said, strlen(said));
    fob_tail_fold(&tail);
    tap_ok(strcmp(tail.text, line) == 0 && tail.len == strlen(line) &&
               !tail.is_cut,
           "one line: %s", line);
}

/* In pieces of any size, the end of all is kept. */
static void test_long(size_t piece)
{
    struct fob_tail tail = {0};
    char all[1000];

    for (size_t i = 0; i < sizeof(all); i++)
        all[i] = (char)('a' + i % 26);
    for (size_t at = 0; at < sizeof(all); at += piece)
        fob_tail_add(&tail, all + at,
                     sizeof(all) - at < piece ? sizeof(all) - at : piece);
    tap_ok(tail.len == FOB_TAIL_MAX && tail.is_cut &&
               memcmp(tail.text, all + sizeof(all) - FOB_TAIL_MAX,
                      FOB_TAIL_MAX) == 0,
           "the end of what was said in pieces of %zu", piece);
    fob_tail_fold(&tail);
    tap_ok(strncmp(tail.text, "...", 3) == 0 && tail.len == FOB_TAIL_MAX,
           "begins with dots");
}

static void test_half(void)
{
    struct fob_tail tail = {0};

    for (size_t i = 0; i <= FOB_TAIL_MAX / 2; i++)
        fob_tail_add(&tail, "\xc3\xa9", 2);
    fob_tail_add(&tail, "x", 1);
    fob_tail_fold(&tail);
    tap_ok(tail.len == FOB_TAIL_MAX - 1 && tail.text[tail.len - 1] == 'x' &&
               ((unsigned char)tail.text[3] & 0xc0) != 0x40,
           "half a character is left out");
}

int main(void)
{
    test_fold("", "");
    test_fold("  two\r\n\n\tlines \n", "two lines");
    test_fold("\n", "");
    test_long(1);
    test_long(7);
    test_long(299);
    test_long(300);
    test_long(1000);
    test_half();
    return tap_done();
}
