/* SPDX-License-Identifier: MIT */
#include "host/cli/call/mark.h"

#include "tests/lib/tap.h"

#include <stdlib.h>

static void set(const char *name, const char *value)
{
    if (value == NULL)
        unsetenv(name);
    else
        setenv(name, value, 1);
}

static void test_read(void)
{
    set(MARK_NAME, "AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=ASIA1");
    set("AWS_REGION", "us-east-1");
    tap_ok(mark_is_own("AWS_REGION"), "the value that fob set");
    set("AWS_REGION", "us-east-2");
    tap_ok(!mark_is_own("AWS_REGION"), "another one is a person's");
    set("AWS_REGION", "us-east-1 AWS_ACCESS_KEY_ID=ASIA1");
    tap_ok(!mark_is_own("AWS_REGION"), "a value with the next mark in it");
    set("AWS_REGION", NULL);
    tap_ok(!mark_is_own("AWS_REGION"), "none");
    set("AWS_DEFAULT_REGION", "us-east-1");
    tap_ok(!mark_is_own("AWS_DEFAULT_REGION"), "one that is not marked");
    set("AWS_ACCESS_KEY_ID", "ASIA1");
    set("AWS_SECRET_ACCESS_KEY", "x");
    set("AWS_SESSION_TOKEN", NULL);
    tap_ok(mark_is_own("AWS_SECRET_ACCESS_KEY"), "a secret goes by its id");
    tap_ok(!mark_is_own("AWS_SESSION_TOKEN"), "a token that is not there");
    set("AWS_ACCESS_KEY_ID", "AKIA2");
    tap_ok(!mark_is_own("AWS_SECRET_ACCESS_KEY"), "another id is a person's");
    for (int i = 0; i < 3; i++) {
        static const char *const odd[] = {"", "   ", "AWS_REGION"};

        set(MARK_NAME, odd[i]);
        set("AWS_REGION", "");
        tap_ok(!mark_is_own("AWS_REGION"), "an odd mark: \"%s\"", odd[i]);
    }
}

static void test_made(void)
{
    char text[MARK_CAP] = "", full[MARK_CAP];

    mark_add(text, "A", "x:1-_.", 6);
    mark_add(text, "B", "two words", 9);
    mark_add(text, "B", "", 0);
    mark_add(text, "B", "a=b", 3);
    mark_add(text, "C", "y", 1);
    tap_ok(strcmp(text, "A=x:1-_. C=y") == 0, "plain words only: %s", text);
    memset(full, 'x', sizeof(full));
    mark_add(text, "D", full, sizeof(full) - 15);
    tap_ok(strcmp(text, "A=x:1-_. C=y") == 0, "one too many is left out");
    mark_add(text, "D", full, sizeof(full) - 16);
    tap_ok(strlen(text) == MARK_CAP - 1, "one that fits is not: %zu",
           strlen(text));
}

int main(void)
{
    test_read();
    test_made();
    return tap_done();
}
