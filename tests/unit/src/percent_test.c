/* SPDX-License-Identifier: MIT */
#include "src/percent.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static enum fob_status decode(const char *data, size_t len, char *text,
                              size_t cap)
{
    char *exact = exact_copy(data, len);
    enum fob_status status = fob_percent_decode(exact, len, text, cap);

    free(exact);
    return status;
}

static void test_decode(void)
{
    char text[16];

    tap_ok(decode("a%20B%c3%BC+", 12, text, 16) == FOB_OK &&
               strcmp(text, "a B\xc3\xbc+") == 0,
           "escapes in either case; a plus is a plus");
    tap_ok(decode("%2541", 5, text, 16) == FOB_OK && strcmp(text, "%41") == 0,
           "one layer only is taken off");
    tap_ok(decode("", 0, text, 1) == FOB_OK && text[0] == '\0', "nothing");
}

static void test_decode_form(void)
{
    char text[16];

    tap_ok(fob_percent_decode_form("a+%2B+%20", 9, text, 16) == FOB_OK &&
               strcmp(text, "a +  ") == 0,
           "in a form a plus is a space, and an escaped one a plus");
    tap_ok(fob_percent_decode_form("a+%2", 4, text, 16) == FOB_E_SYNTAX,
           "a broken escape");
}

static void test_decode_hostile(void)
{
    static const char *const broken[] = {"%",   "%4",  "a%",  "%g0",
                                         "%0g", "%%4", "%-1", "% 1",
                                         "%00", "%/0", "%:0", "%@0"};
    char text[16];

    for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++)
        tap_ok(decode(broken[i], strlen(broken[i]), text, 16) == FOB_E_SYNTAX,
               "broken escape %s", broken[i]);
    tap_ok(decode("a\0b", 3, text, 16) == FOB_E_SYNTAX, "a bare NUL");
}

static void test_decode_bounds(void)
{
    static const char zeros[5];
    char *text = exact_copy(NULL, 5);

    tap_ok(decode("abc%64", 6, text, 5) == FOB_OK && !strcmp(text, "abcd"),
           "text and NUL fill the room");
    tap_ok(decode("abc%64e", 7, text, 5) == FOB_E_TOO_LONG,
           "one more does not fit");
    tap_bytes(text, zeros, 5, "and what was decoded is wiped");
    free(text);
}

static void test_put(void)
{
    char *text = exact_copy(NULL, 20);
    struct fob_writer writer;

    fob_writer_init(&writer, text, 20);
    fob_percent_put(&writer, "a-._~Z9 @:\xc3\xbc", "@");
    tap_ok(writer.status == FOB_OK && writer.len == 20 &&
               memcmp(text, "a-._~Z9%20@%3A%C3%BC", 20) == 0,
           "all but unreserved and safe characters are escaped");
    fob_percent_put(&writer, "a", "");
    tap_ok(writer.status == FOB_E_TOO_LONG, "what does not fit is told");
    free(text);
}

static void test_every_byte(void)
{
    unsigned wrong = 0;

    for (int c = 1; c < 256; c++) {
        char one[2] = {(char)c, '\0'}, back[2], form[3];
        struct fob_writer writer;

        fob_writer_init(&writer, form, sizeof(form));
        fob_percent_put(&writer, one, "");
        wrong += writer.status != FOB_OK ||
                 decode(form, writer.len, back, 2) != FOB_OK ||
                 back[0] != one[0];
    }
    tap_ok(wrong == 0, "every byte comes back");
}

int main(void)
{
    test_decode();
    test_decode_form();
    test_decode_hostile();
    test_decode_bounds();
    test_put();
    test_every_byte();
    return tap_done();
}
