/* SPDX-License-Identifier: MIT */
#include "src/span.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static bool same(struct fob_span span, const char *text)
{
    return span.at != NULL && span.len == strlen(text) &&
           memcmp(span.at, text, span.len) == 0;
}

static void test_of(void)
{
    char *open = exact_copy("abc", 3);

    tap_ok(fob_span_of("abc", 4).len == 3, "text ends at its NUL");
    tap_ok(fob_span_of(open, 3).len == 3, "or where its room ends");
    free(open);
}

static void test_is(void)
{
    struct fob_span none = {0};
    char *totp = exact_copy("ToTp", 4);

    tap_ok(fob_span_is((struct fob_span){totp, 4}, "totp"), "case is folded");
    tap_ok(!fob_span_is((struct fob_span){totp, 3}, "totp"),
           "a part is not it");
    tap_ok(!fob_span_is((struct fob_span){totp, 4}, "tot"), "nor is more");
    tap_ok(!fob_span_is((struct fob_span){"[", 1}, "{") &&
               !fob_span_is((struct fob_span){"@", 1}, "`"),
           "only letters are folded");
    tap_ok(fob_span_is(none, "") && !fob_span_is(none, "a"), "none is empty");
    free(totp);
}

static void test_cut(void)
{
    struct fob_span rest = {"a=b=", 4};

    tap_ok(same(fob_span_cut(&rest, '='), "a"), "the first mark cuts");
    tap_ok(same(fob_span_cut(&rest, '='), "b"), "then the next");
    tap_ok(rest.at != NULL && rest.len == 0, "empty is not none");
    tap_ok(same(fob_span_cut(&rest, '='), ""), "the end is empty");
    tap_ok(rest.at == NULL, "then there is none");
    tap_ok(fob_span_cut(&rest, '=').at == NULL, "and none stays none");
}

static void test_holds(void)
{
    char *text = exact_copy("xxAb", 4);
    struct fob_span span = {text, 4};

    tap_ok(fob_span_holds(span, "xxab") && fob_span_holds(span, "ab"),
           "a word stands in it in any case");
    tap_ok(!fob_span_holds(span, "abc") && !fob_span_holds(span, "xxxab"),
           "and no other");
    free(text);
}

static void test_trim(void)
{
    char *text = exact_copy(" \ta b\t ", 7);
    struct fob_span span = {text, 7};

    tap_ok(same(fob_span_trim(span, " \t"), "a b"), "both ends are trimmed");
    tap_ok(same(fob_span_trim(span, " "), "\ta b\t"), "of the set only");
    free(text);
    text = exact_copy(" \t", 2);
    tap_ok(fob_span_trim((struct fob_span){text, 2}, " \t").len == 0,
           "down to nothing");
    free(text);
}

static void test_trim_blank(void)
{
    static const struct {
        const char *text, *want;
    } trimmed[] = {
        {"", ""},
        {" \t\r\n", ""},
        {" a b\r\n", "a b"},
        {"\xef\xbb\xbf"
         "a\xc2\xa0",
         "a"},
        {"\xe2\x80\x8b\xe3\x80\x80"
         "a\xe2\x80\xa8\xc2\x85",
         "a"},
        {"\xa0"
         "a\x80\xa0",
         "\xa0"
         "a\x80\xa0"},              /* no UTF-8 */
        {"\xc3\xa0", "\xc3\xa0"},   /* ends as a space does */
        {"a\xe2\x80", "a\xe2\x80"}, /* cut */
        {"\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4\xef\xb8\x8f"},
    };

    for (size_t i = 0; i < sizeof(trimmed) / sizeof(*trimmed); i++) {
        size_t len = strlen(trimmed[i].text);
        char *text = exact_copy(trimmed[i].text, len);

        tap_ok(same(fob_span_trim_blank((struct fob_span){text, len}),
                    trimmed[i].want),
               "blanks around \"%s\"", trimmed[i].want);
        free(text);
    }
}

int main(void)
{
    test_of();
    test_is();
    test_cut();
    test_holds();
    test_trim();
    test_trim_blank();
    return tap_done();
}
