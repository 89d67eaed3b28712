/* SPDX-License-Identifier: MIT */
/* JSON read where it stands: what RFC 8259 allows, and the values in it. */
#include "host/import/json/json_view.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

/* One at a time is enough. */
static char *document;

static enum fob_status open_text(const char *text, struct fob_span *value,
                                 size_t *line)
{
    size_t len = strlen(text);

    free(document);
    document = exact_copy(text, len);
    return fob_json_view_open((struct fob_span){document, len}, value, line);
}

static struct fob_span value_of(const char *text)
{
    struct fob_span value;
    size_t line;

    if (open_text(text, &value, &line) != FOB_OK)
        tap_ok(false, "the test's own text is JSON: %s", text);
    return value;
}

static void test_grammar(void)
{
    static const char *const good[] = {
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "12",
        "0.5",
        "-1.25e+10",
        "1E-0",
        "\"\"",
        "[]",
        "[ ]",
        "{}",
        "{ }",
        "[1,2 , 3]",
        "{\"a\":1,\"a\":2}",
        "\t\r\n{ \"a\" : [ { } ] }\n",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u12aF\"",
        "\"\\ud83d\\udd11\"",
        "\"\x7f\xff\"",
        "\"]}\\\"\"",
    };
    static const char *const bad[] = {
        "",
        " ",
        "nul",
        "nulll",
        "True",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "--1",
        "\"",
        "\"\\\"",
        "\"\n\"",
        "\"\x1f\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u123",
        "\"\\u0000\"",
        "\"\\ud83d\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83dx\"",
        "\"\\udd11\"",
        "\"\\ud83d\\",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" 1}",
        "{,}",
        "{\"a\":1]",
        "[1}",
        "1 1",
        "{}{}",
        "\"\\",
        "\"\\u",
        "'a'",
        "NaN",
        "/**/1",
    };
    struct fob_span value;
    size_t line;

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        tap_ok(open_text(good[i], &value, &line) == FOB_OK, "good: text %zu",
               i);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        tap_ok(open_text(bad[i], &value, &line) == FOB_E_SYNTAX &&
                   value.at == NULL && line == 1,
               "bad: text %zu", i);
}

static void test_lines(void)
{
    struct fob_span value;
    size_t line;

    (void)!open_text("{\n\"a\":\n\n?}", &value, &line);
    tap_ok(line == 4, "the line of the fault is told");
}

static void test_depth(void)
{
    char text[2 * FOB_JSON_VIEW_DEPTH_MAX + 3];
    struct fob_span value;
    size_t line;

    for (size_t depth = 1; depth <= FOB_JSON_VIEW_DEPTH_MAX + 1; depth++) {
        bool good = depth <= FOB_JSON_VIEW_DEPTH_MAX;

        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        text[2 * depth] = '\0';
        tap_ok((open_text(text, &value, &line) == FOB_OK) == good,
               "%zu levels are %s", depth, good ? "read" : "refused");
    }
}

static void test_members(void)
{
    static const char *const names[] = {"a", "b", "c", "d"};
    struct fob_span member[4];
    struct fob_span object =
        value_of("{ \"x\": {\"a\":[\"}\\\"\"]}, \"\\u0062\" : [1, 2] ,\"c\":"
                 "null,\"aa\":3,\"\":4, \"a\":-5}");

    tap_ok(fob_json_view_members(object, names, 4, member) == FOB_OK,
           "an object is read");
    tap_ok(member[0].len == 2 && memcmp(member[0].at, "-5", 2) == 0,
           "the last member");
    tap_ok(member[1].len == 6 && memcmp(member[1].at, "[1, 2]", 6) == 0,
           "a name with an escape");
    tap_ok(member[2].at == NULL && member[3].at == NULL,
           "null is as good as none");
    tap_ok(
        fob_json_view_members(value_of("{\"a\":1,\"x\":1,\"x\":1,\"\\u0061\":"
                                       "null}"),
                              names, 4, member) == FOB_E_DUPLICATE,
        "a member given twice");
    tap_ok(fob_json_view_members(value_of("[1]"), names, 4, member) ==
                   FOB_E_SYNTAX &&
               member[0].at == NULL,
           "an array has no members");
    tap_ok(fob_json_view_members((struct fob_span){0}, names, 4, member) ==
               FOB_E_SYNTAX,
           "neither has what is absent");
}

static void test_elements(void)
{
    static const char *const want[] = {"1", "\"a,]\"", "[2,[]]", "{}", "null"};
    struct fob_span rest, element;
    size_t count = 0;

    tap_ok(fob_json_view_elements(value_of("[ 1,\"a,]\" , [2,[]],{} ,null ]"),
                                  &rest) == FOB_OK,
           "an array is read");
    for (; fob_json_view_next(&rest, &element) && count < 5; count++)
        tap_ok(element.len == strlen(want[count]) &&
                   memcmp(element.at, want[count], element.len) == 0,
               "element %zu", count);
    tap_ok(count == 5 && rest.len == 0, "all of them, no more");
    tap_ok(fob_json_view_elements(value_of("[ ]"), &rest) == FOB_OK &&
               !fob_json_view_next(&rest, &element),
           "an empty array");
    tap_ok(fob_json_view_elements(value_of("{}"), &rest) == FOB_E_SYNTAX,
           "an object is no array");
}

static void test_text(void)
{
    static const char want[] = "a\"/\n\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x91";
    struct fob_span value =
        value_of("\"\\u0061\\\"\\/\\n\xc3\xa9\\u20AC\\uD83D\\uDD11\"");
    size_t len = sizeof(want) - 1;
    char *text = exact_copy(NULL, len + 1);

    tap_ok(fob_json_view_text(value, text, len + 1) == FOB_OK, "text is read");
    tap_bytes(text, want, len + 1, "its escapes are undone");
    tap_ok(fob_json_view_text(value, text, len) == FOB_E_TOO_LONG &&
               memcmp(text, (char[sizeof(want)]){0}, len) == 0,
           "what does not fit is wiped");
    tap_ok(fob_json_view_text(value_of("\"\""), text, 1) == FOB_OK &&
               text[0] == '\0',
           "the empty text");
    tap_ok(fob_json_view_text(value_of("5"), text, 1) == FOB_E_SYNTAX,
           "a number is no text");
    tap_ok(fob_json_view_text((struct fob_span){0}, text, 1) == FOB_E_SYNTAX,
           "neither is what is absent");
    free(text);
}

static void test_number(void)
{
    static const char *const none[] = {"-1",   "1.0", "1e1",  "\"1\"",
                                       "null", "[1]", "true", "-0"};
    uint64_t number;

    tap_ok(fob_json_view_number(value_of("18446744073709551615"), UINT64_MAX,
                                &number) == FOB_OK &&
               number == UINT64_MAX,
           "the largest number");
    tap_ok(fob_json_view_number(value_of("18446744073709551616"), UINT64_MAX,
                                &number) == FOB_E_TOO_LONG &&
               number == 0,
           "one more is too much");
    tap_ok(fob_json_view_number(value_of("8"), 8, &number) == FOB_OK &&
               number == 8,
           "up to the limit");
    tap_ok(fob_json_view_number(value_of("9"), 8, &number) == FOB_E_TOO_LONG,
           "and not beyond it");
    tap_ok(fob_json_view_number(value_of("0"), 0, &number) == FOB_OK, "zero");
    for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
        tap_ok(fob_json_view_number(value_of(none[i]), 9, &number) ==
                   FOB_E_SYNTAX,
               "%s is no whole number", none[i]);
    tap_ok(fob_json_view_number((struct fob_span){0}, 9, &number) ==
               FOB_E_SYNTAX,
           "neither is what is absent");
}

int main(void)
{
    test_grammar();
    test_lines();
    test_depth();
    test_members();
    test_elements();
    test_text();
    test_number();
    free(document);
    return tap_done();
}
