/* SPDX-License-Identifier: MIT */
/* Values that real shells read back byte for byte. */
#include "host/cli/ui/quote.h"

#include "tests/lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char hostile[] = "a b'c\"d$HOME`id`\\e!f;g|h*i\\'j%k#l(\xc3\xa9)";

/* What `shell` makes of an export: *at has room for 256. */
static bool ask_shell(const char *command, const struct output *script,
                      char *value)
{
    char path[] = "/tmp/fob-quote-XXXXXX", line[128];
    int fd = mkstemp(path);
    size_t len = 0;
    FILE *pipe;

    if (fd < 0 || write(fd, script->data.data, script->data.len) < 0 ||
        write(fd, "printenv FOB_T\n", 15) < 0)
        return false;
    close(fd);
    snprintf(line, sizeof(line), "%s %s", command, path);
    pipe = popen(line, "r");
    if (pipe) {
        len = fread(value, 1, 255, pipe);
        pclose(pipe);
    }
    value[len] = '\0';
    unlink(path);
    return pipe != NULL;
}

static void test_shell(enum shell shell, const char *command)
{
    struct output script = {0};
    char value[256], want[256];

    quote_put_export(&script, shell, "FOB_T", hostile, strlen(hostile));
    snprintf(want, sizeof(want), "%s\n", hostile);
    tap_ok(ask_shell(command, &script, value) && strcmp(value, want) == 0,
           "%s reads the value back", command);
    quote_put_unset(&script, shell, "FOB_T");
    tap_ok(ask_shell(command, &script, value) && value[0] == '\0',
           "%s has it no more after the unset", command);
    output_free(&script);
}

static void test_if_there(enum shell shell, const char *command)
{
    char line[64];

    snprintf(line, sizeof(line), "command -v %s >/dev/null", command);
    if (system(line) == 0)
        test_shell(shell, command);
    else
        tap_ok(true, "reading back # SKIP no %s", command);
}

static void expect_export(enum shell shell, const char *value, const char *want)
{
    struct output script = {0};

    quote_put_export(&script, shell, "N", value, strlen(value));
    output_put(&script, "", 1);
    tap_ok(script.status == FOB_OK &&
               strcmp((char *)script.data.data, want) == 0,
           "%s", want);
    output_free(&script);
}

int main(void)
{
    enum shell shell;

    if (fob_secret_start() != FOB_OK)
        return 1;
    expect_export(SHELL_SH, "it's", "export N='it'\\''s'\n");
    expect_export(SHELL_FISH, "it's\\", "set -gx N 'it\\'s\\\\';\n");
    expect_export(SHELL_CSH, "it's!", "setenv N 'it'\\''s\\!';\n");
    expect_export(SHELL_PWSH, "it's", "$Env:N = 'it''s'\n");
    test_if_there(SHELL_SH, "sh");
    test_if_there(SHELL_SH, "bash");
    test_if_there(SHELL_FISH, "fish");
    test_if_there(SHELL_CSH, "tcsh");
    tap_ok(quote_find_shell("fish", &shell) && shell == SHELL_FISH,
           "a shell is found by name");
    tap_ok(!quote_find_shell("cmd", &shell), "an unknown shell is told");
    return tap_done();
}
