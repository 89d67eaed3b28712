/* SPDX-License-Identifier: MIT */
#include "host/net/json.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static void flatten(const char *json, bool is_error, char *text, size_t cap)
{
    size_t len = strlen(json), at = 0, used = 0;
    char *exact = exact_copy(json, len);
    struct fob_exchange_reply reply = {.fault = ""};
    struct fob_exchange_pair pair;
    struct net_flat flat;

    text[0] = '\0';
    if (net_flat_init(&flat) != FOB_OK) {
        free(exact);
        return;
    }
    net_json_flatten(&flat, exact, len, is_error);
    reply.pairs = flat.pairs.data;
    reply.pairs_len = flat.pairs.len;
    if (flat.fault != NULL)
        snprintf(text, cap, "!%s", flat.fault);
    else
        while (fob_exchange_next(&reply, &at, &pair))
            used +=
                (size_t)snprintf(text + used, cap - used, "%s%s=%s",
                                 used > 0 ? "|" : "", pair.path, pair.value);
    net_flat_free(&flat);
    free(exact);
}

static void gives(const char *json, bool is_error, const char *wanted,
                  const char *what)
{
    char text[1024];

    flatten(json, is_error, text, sizeof(text));
    if (!tap_ok(strcmp(text, wanted) == 0, "%s", what))
        printf("# %s\n", text);
}

static void refused(const char *json, const char *what)
{
    char text[1024];

    flatten(json, false, text, sizeof(text));
    if (!tap_ok(text[0] == '!', "refused: %s", what))
        printf("# %s\n", text);
}

static void test_depth(size_t depth, bool good)
{
    char json[256], text[1024];

    memset(json, '[', depth);
    json[depth] = '1';
    memset(json + depth + 1, ']', depth);
    json[2 * depth + 1] = '\0';
    flatten(json, false, text, sizeof(text));
    tap_ok((text[0] != '!') == good, "%zu levels are %s", depth,
           good ? "taken" : "refused");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    gives("{\"SigninToken\": \"a\\u00e9/\"}", false, "SigninToken=a\xc3\xa9/",
          "a sign-in token");
    gives("{\"Events\": [{\"Id\": 1, \"T\": 1.5e9, \"N\": null}, "
          "{\"Ok\": true, \"No\": false}], \"Next\": \"\"}",
          false,
          "Events/member[0]/Id=1|Events/member[0]/T=1500000000|"
          "Events/member[1]/Ok=true|Events/member[1]/No=false|Next=",
          "lists, numbers, booleans and null");
    gives("{\"__type\": \"com.amazonaws.x#AccessDeniedException:http://u\", "
          "\"message\": \"no\"}",
          true,
          "Error/Code=AccessDeniedException|Error/Message=no|"
          "__type=com.amazonaws.x#AccessDeniedException:http://u|message=no",
          "an error of JSON 1.1");
    gives("{\"code\": \"C\"}", true, "Error/Code=C|Error/Message=|code=C",
          "an error without a message");
    gives("{\"x\": 1}", true, "x=1", "no error in a reply of an error");
    refused("", "nothing at all");
    refused("{\"a\": 1", "an end that is missing");
    refused("{\"a\": 1} x", "something after the end");
    refused("{\"a\": 1, \"a\": 2}", "a name given twice");
    refused("{\"a/b\": 1}", "a name with a slash");
    refused("{\"a[0]\": 1}", "a name with an index");
    refused("{\"\": 1}", "an empty name");
    refused("{\"a\\u0000\": 1}", "a name with a NUL");
    refused("{\"a\": \"\\u0000\"}", "a value with a NUL");
    refused("{\"a\": \"\xff\"}", "bytes that are no UTF-8");
    test_depth(31, true);
    test_depth(32, false);
    test_depth(100, false);
    return tap_done();
}
