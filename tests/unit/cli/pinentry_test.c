/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/pinentry.h"

#include "tests/lib/tap.h"

static void test_parse(const char *said, const char *want, const char *what)
{
    struct fob_secret bytes = {0}, answer = {0};
    enum fob_status status = fob_secret_copy(&bytes, said, strlen(said));

    if (status == FOB_OK)
        status = pinentry_parse(&bytes, &answer);
    if (!want)
        tap_ok(status == FOB_E_NOT_FOUND && !answer.data, "%s", what);
    else
        tap_ok(status == FOB_OK && answer.len == strlen(want) &&
                   memcmp(answer.data, want, answer.len) == 0,
               "%s", what);
    fob_secret_free(&answer);
    fob_secret_free(&bytes);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_parse("OK hi\nOK\nD open sesame\nOK\n", "open sesame", "a D line");
    test_parse("D a%25b%0Ac%0dd\nOK\n", "a%b\nc\rd", "escapes");
    test_parse("D 100%\nOK\n", "100%", "a lone percent sign");
    test_parse("D a%2", "a%2", "a cut escape at the end");
    test_parse("D \nOK\n", "", "an empty passphrase");
    test_parse("OK\nERR 83886179 Operation cancelled\n", NULL, "cancelled");
    test_parse("OK Dear\nS D no\n", NULL, "no D line");
    test_parse("", NULL, "silence");
    return tap_done();
}
