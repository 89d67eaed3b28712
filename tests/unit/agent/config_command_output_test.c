/* SPDX-License-Identifier: MIT */
/* What a credential_process prints, and the words for what it should not. */
#include "host/agent/profile/config_command_output.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#define KEY "\"AccessKeyId\":\"AKIAEXAMPLE\",\"SecretAccessKey\":\"s3cret\""

static enum fob_status read_output(const char *text, size_t len,
                                   struct session *key,
                                   char why[static CONFIG_COMMAND_WHY_MAX + 1])
{
    char *copy = exact_copy(text, len);
    enum fob_status status = config_command_output_key(copy, len, key, why);

    free(copy);
    return status;
}

static void test_refused(const char *text, size_t len, const char *words)
{
    char why[CONFIG_COMMAND_WHY_MAX + 1];
    struct session key = {0};

    tap_ok(read_output(text, len, &key, why) == FOB_E_SYNTAX &&
               strstr(why, words) != NULL && session_is_empty(&key) &&
               strstr(why, "s3cret") == NULL,
           "it says: %s", words);
    if (strstr(why, words) == NULL)
        printf("# %s\n", why);
}

static void test_words(void)
{
    static const struct {
        const char *text;
        const char *words;
    } cases[] = {
        {"", "prints nothing"},
        {" \n\t", "prints nothing"},
        {"Enter PIN:", "prints no JSON"},
        {"{\"Version\":1,", "prints no JSON"},
        {"{\"Version\":1,}", "broken in line 1"},
        {"Logged in.\n{\"Version\":1," KEY "}\n", "something before its JSON"},
        {"{\"Version\":1," KEY "}\nbye", "something after its JSON"},
        {"\xef\xbb\xbf{\"Version\":1," KEY "}", "a byte order mark"},
        {"\xff\xfe{", "UTF-16"},
        {"}\n{", "prints no JSON"},
        {"[1]", "no object"},
        {"[{}]", "no object"},
        {"{" KEY "}", "no Version"},
        {"{\"Version\":2," KEY "}", "not the number 1"},
        {"{\"Version\":\"1\"," KEY "}", "not the number 1"},
        {"{\"Version\":1,\"Version\":1," KEY "}", "twice"},
        {"{\"Version\":1,\"SecretAccessKey\":\"s3cret\"}", "no AccessKeyId"},
        {"{\"Version\":1,\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"\"}",
         "no SecretAccessKey"},
        {"{\"Version\":1,\"SessionToken\":1," KEY "}", "SessionToken"},
        {"{\"Version\":1,\"Expiration\":\"soon\"," KEY "}", "\"soon\""},
        {"{\"Version\":1,\"Expiration\":4070912400," KEY "}", "is no time"},
        {"{\"Version\":1,\"Expiration\":\"2099-01-01T00:00:00\"," KEY "}",
         "without a time zone: \"2099-01-01T00:00:00\""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        test_refused(cases[i].text, strlen(cases[i].text), cases[i].words);
}

static void test_good(void)
{
    static const char text[] =
        "\n{ \"Version\": 1, " KEY ", \"SessionToken\": \"t\", \"Expiration\": "
        "\"2099-01-01T01:00:00+01:00\", \"AccountId\": \"111122223333\" }\n";
    char why[CONFIG_COMMAND_WHY_MAX + 1];
    struct session key = {0};

    tap_ok(read_output(text, strlen(text), &key, why) == FOB_OK &&
               why[0] == '\0' && key.credentials.expires_s == 4070908800 &&
               strcmp(key.account_id, "111122223333") == 0 &&
               session_is_temporary(&key),
           "a session with an offset in its end");
    session_free(&key);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_words();
    test_good();
    return tap_done();
}
