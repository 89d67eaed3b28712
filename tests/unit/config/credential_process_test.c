/* SPDX-License-Identifier: MIT */
/* The line that leads to fob: written, split by a shell, and known again. */
#include "host/config/credential_process.h"

#include "tests/lib/tap.h"

#include <stdio.h>
#include <string.h>

/* The words that /bin/sh makes of a line, one a line. */
static void split(const char *line, char *words, size_t cap)
{
    char command[512];
    FILE *shell;
    size_t len = 0;

    snprintf(command, sizeof(command), "printf '%%s\\n' %s", line);
    shell = popen(command, "r");
    if (shell != NULL) {
        len = fread(words, 1, cap - 1, shell);
        pclose(shell);
    }
    words[len] = '\0';
}

static void test_profile(const char *profile, const char *dashes)
{
    char line[256], words[256], want[256];

    snprintf(want, sizeof(want), "/opt/my fob/fob\ncredentials\n%s%s\n", dashes,
             profile);
    tap_ok(fob_credential_process_format("/opt/my fob/fob", profile, line,
                                         sizeof(line)) == FOB_OK,
           "a line for %s", profile);
    split(line, words, sizeof(words));
    tap_ok(strcmp(words, want) == 0, "a shell reads it back");
    tap_ok(fob_credential_process_is_own(line, profile) &&
               fob_credential_process_is_own(line, NULL),
           "it is known again");
    tap_ok(!fob_credential_process_is_own(line, "another"),
           "as that profile's");
}

static void test_others(void)
{
    static const char *const lines[] = {
        "",
        "fob",
        "fob credentials",
        "fob code work",
        "/usr/bin/fobs credentials work",
        "aws-vault export work",
        "fob credentials 'open",
        "fob credentials --",
        "fob credentials --profile",
        "fob credentials --duration work",
        "fob -q",
        "env fob credentials work",
    };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        tap_ok(!fob_credential_process_is_own(lines[i], NULL), "not ours: %s",
               lines[i]);
}

/* Ours, with options, as people and other versions of fob write it. */
static void test_options(void)
{
    static const char *const lines[] = {
        "fob -q credentials work",
        "fob credentials --min-ttl 1h work",
        "/usr/local/bin/fob --json -v credentials work --format process",
        "fob credentials --duration=2h --wait work",
        "fob credentials -d 2h work",
        "fob credentials -qd2h work",
        "fob credentials --profile work",
        "fob credentials --profile=work --region eu-west-1",
        "'/my tools/fob' credentials \"work\"",
        "fob credentials -- work",
    };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        tap_ok(fob_credential_process_is_own(lines[i], "work"), "ours: %s",
               lines[i]);
}

static void test_room(void)
{
    char line[sizeof("/fob credentials a")];

    tap_ok(fob_credential_process_format("/fob", "a", line, sizeof(line)) ==
                   FOB_OK &&
               strcmp(line, "/fob credentials a") == 0,
           "just enough room");
    tap_ok(fob_credential_process_format("/fob", "ab", line, sizeof(line)) ==
                   FOB_E_TOO_LONG &&
               line[0] == '\0',
           "one byte too few");
}

int main(void)
{
    test_profile("work", "");
    test_profile("it's \"odd\" $HOME `x` \\ #", "");
    test_profile("-dash", "--\n");
    test_others();
    test_options();
    test_room();
    return tap_done();
}
