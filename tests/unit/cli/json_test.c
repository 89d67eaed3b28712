/* SPDX-License-Identifier: MIT */
/* The JSON writer: what Python's json.dumps gives for the same values. */
#include "host/cli/ui/json.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static struct output output;
static struct json json;

static void begin(void)
{
    output_free(&output);
    json_start(&json, &output);
}

static void expect(const char *want, const char *what)
{
    tap_ok(output.status == FOB_OK && output.data.len == strlen(want),
           "%s: length", what);
    if (output.data.len == strlen(want))
        tap_bytes(output.data.data, want, strlen(want), what);
}

static void test_nesting(void)
{
    begin();
    json_open_object(&json, NULL);
    json_put_text(&json, "a", "x");
    json_open_array(&json, "b");
    json_put_number(&json, NULL, 0);
    json_put_number(&json, NULL, UINT64_MAX);
    json_open_object(&json, NULL);
    json_close_object(&json);
    json_close_array(&json);
    json_put_flag(&json, "c", true);
    json_put_flag(&json, "d", false);
    json_close_object(&json);
    json_end(&json);
    expect("{\"a\":\"x\",\"b\":[0,18446744073709551615,{}],"
           "\"c\":true,\"d\":false}\n",
           "commas stand between members only");
}

static void test_string(const void *text, size_t len, const char *want,
                        const char *what)
{
    void *exact = exact_copy(text, len);

    begin();
    json_put_bytes(&json, NULL, exact, len);
    expect(want, what);
    free(exact);
}

static void test_strings(void)
{
    test_string("", 0, "\"\"", "nothing");
    test_string("a\"b\\c/", 6, "\"a\\\"b\\\\c/\"", "quote and backslash");
    test_string("\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"", "named escapes");
    test_string("\0\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\\u007f\"",
                "control characters");
    test_string("\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x91", 9,
                "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x91\"", "UTF-8 as it is");
    test_string("a\xff"
                "b",
                3,
                "\"a\xef\xbf\xbd"
                "b\"",
                "a stray byte");
    test_string("\xe2\x82", 2, "\"\xef\xbf\xbd\xef\xbf\xbd\"", "a cut end");
    test_string("\xc0\x80", 2, "\"\xef\xbf\xbd\xef\xbf\xbd\"",
                "an overlong NUL");
    test_string("\xed\xa0\x80", 3, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"",
                "a surrogate");
    test_string("\xf4\x90\x80\x80", 4,
                "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"",
                "beyond U+10FFFF");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_nesting();
    test_strings();
    output_free(&output);
    return tap_done();
}
