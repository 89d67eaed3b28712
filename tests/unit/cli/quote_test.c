/* SPDX-License-Identifier: MIT */
/* Values that real shells read back byte for byte. */
#include "host/cli/ui/quote.h"

#include "tests/lib/shell.h"
#include "tests/lib/tap.h"

enum { VALUES = SHELL_WORDS + 60, SAID_MAX = 1 << 16 };

static char said[SAID_MAX], wanted[SAID_MAX];

static void put_line(struct output *script, const char *before, size_t number,
                     const char *after)
{
    char line[64];

    snprintf(line, sizeof(line), "%s%zu%s", before, number, after);
    output_put_text(script, line);
}

/* Exports of all values, each shown, with a NUL behind, by printenv. */
static size_t put_exports(struct output *script, enum shell shell)
{
    size_t len = 0;

    for (size_t i = 0; i < VALUES; i++) {
        char value[SHELL_WORD_MAX], name[16];
        size_t size;

        shell_word(i, value);
        size = strlen(value) + 1;
        snprintf(name, sizeof(name), "FOB_T%zu", i);
        quote_put_export(script, shell, name, value, size - 1);
        put_line(script, "env printenv -0 FOB_T", i, "\n");
        memcpy(wanted + len, value, size);
        len += size;
    }
    return len;
}

static void show_first(const char *shell, size_t got)
{
    size_t i = 0;

    while (i < got && said[i] == wanted[i])
        i++;
    while (i > 0 && wanted[i - 1] != '\0')
        i--;
    printf("# %s: wanted [%s], got [%s]\n", shell, wanted + i, said + i);
}

static void test_shell(enum shell shell, const char *command)
{
    struct output script = {0};
    size_t len = put_exports(&script, shell), got;

    got = shell_run(command, (const char *)script.data.data, script.data.len,
                    said, sizeof(said));
    if (!tap_ok(script.status == FOB_OK && got == len &&
                    memcmp(said, wanted, len) == 0,
                "%s reads %d values back", command, VALUES))
        show_first(command, got);
    for (size_t i = 0; i < VALUES; i++) {
        char name[16];

        snprintf(name, sizeof(name), "FOB_T%zu", i);
        quote_put_unset(&script, shell, name);
    }
    output_put_text(&script, "env\n");
    got = shell_run(command, (const char *)script.data.data, script.data.len,
                    said, sizeof(said) - 1);
    said[got] = '\0';
    tap_ok(got > len && memcmp(said, wanted, len) == 0 &&
               strstr(said + len, "FOB_T") == NULL,
           "%s has none of them after the unset", command);
    output_free(&script);
}

/* --- PowerShell -----------------------------------------------------------*/

/* Its tokenizer's IsSingleQuote: U+0027 and U+2018 to U+201B.  The bytes of
 * the one at `at`, or 0. */
static size_t quote_size(const char *at)
{
    if (*at == '\'')
        return 1;
    return strncmp(at, "\xe2\x80\x98", 3) == 0 ||
                   strncmp(at, "\xe2\x80\x99", 3) == 0 ||
                   strncmp(at, "\xe2\x80\x9a", 3) == 0 ||
                   strncmp(at, "\xe2\x80\x9b", 3) == 0
               ? 3
               : 0;
}

/* Its ScanStringLiteral, from behind the first quote: a quote ends the string
 * but when another stands behind it, which is then of the string.  NULL when
 * it does not end. */
static const char *scan_literal(const char *at, char *value)
{
    while (*at != '\0') {
        size_t quote = quote_size(at), next;

        if (quote > 0) {
            next = quote_size(at + quote);
            if (next == 0) {
                *value = '\0';
                return at + quote;
            }
            at += quote;
            memcpy(value, at, next);
            value += next;
            at += next;
            continue;
        }
        *value++ = *at++;
    }
    return NULL;
}

static bool pwsh_reads(const char *value)
{
    struct output script = {0};
    char got[256];
    const char *at;
    bool is_good;

    quote_put_export(&script, SHELL_PWSH, "N", value, strlen(value));
    output_put(&script, "", 1);
    at = (const char *)script.data.data;
    is_good = script.status == FOB_OK && strncmp(at, "$Env:N = '", 10) == 0;
    if (is_good) {
        at = scan_literal(at + 10, got);
        is_good =
            at != NULL && strcmp(at, "\n") == 0 && strcmp(got, value) == 0;
    }
    output_free(&script);
    return is_good;
}

static void test_pwsh(void)
{
    size_t faults = 0;

    for (size_t i = 0; i < SHELL_WORDS + 5000; i++) {
        char value[SHELL_WORD_MAX];

        shell_word(i, value);
        if (!pwsh_reads(value) && ++faults == 1)
            printf("# %s\n", value);
    }
    tap_ok(faults == 0, "PowerShell's grammar reads each value back");
}

/* --------------------------------------------------------------------------*/

static void test_if_there(enum shell shell, const char *command)
{
    if (shell_is_there(command))
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
    random_seed();
    expect_export(SHELL_SH, "it's", "export N='it'\\''s'\n");
    expect_export(SHELL_FISH, "it's\\", "set -gx N 'it\\'s\\\\';\n");
    expect_export(SHELL_CSH, "it's!", "setenv N 'it'\\''s\\!';\n");
    expect_export(SHELL_PWSH, "it's", "$Env:N = 'it''s'\n");
    expect_export(SHELL_PWSH, "\xe2\x80\x99;id",
                  "$Env:N = '\xe2\x80\x99\xe2\x80\x99;id'\n");
    test_if_there(SHELL_SH, "sh");
    test_if_there(SHELL_SH, "dash");
    test_if_there(SHELL_SH, "bash");
    test_if_there(SHELL_SH, "zsh -f");
    test_if_there(SHELL_FISH, "fish --no-config");
    test_if_there(SHELL_CSH, "tcsh -f");
    test_pwsh();
    tap_ok(quote_find_shell("fish", &shell) && shell == SHELL_FISH,
           "a shell is found by name");
    tap_ok(!quote_find_shell("cmd", &shell), "an unknown shell is told");
    return tap_done();
}
