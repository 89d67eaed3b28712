/* SPDX-License-Identifier: MIT */
/* Hints that real shells read as what was meant, whatever names are in them. */
#include "host/base/shell_line.h"

#include "host/base/error.h"
#include "host/base/shown.h"
#include "tests/lib/shell.h"
#include "tests/lib/tap.h"

enum { WORDS = SHELL_WORDS + 200, SCRIPT_MAX = 1 << 18, SAID_MAX = 1 << 16 };

static const char prologue[] =
    "say() { for a; do printf '%s\\0' \"$a\"; done; printf '.\\0'; }\n";

static char script[SCRIPT_MAX], said[SAID_MAX], wanted[SAID_MAX];

static size_t add_wanted(size_t len, const char *before, const char *word)
{
    len += (size_t)snprintf(wanted + len, sizeof(wanted) - len, "%s%s", before,
                            word);
    return len + 1;
}

/* A word that no command line can be written for. */
static bool is_hopeless(const char *word)
{
    size_t len = strlen(word);

    return len > 0 && word[len - 1] == '\n';
}

/* As an operand and as an option's value. */
static size_t add_line(size_t used, const char *word, bool *is_plain)
{
    char line[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(line, sizeof(line), "say --to %s %s", word, word) !=
        FOB_OK)
        return SCRIPT_MAX;
    *is_plain &= fob_shown_is_plain(line, strlen(line));
    return used +
           (size_t)snprintf(script + used, SCRIPT_MAX - used, "%s\n", line);
}

static size_t want_line(size_t len, const char *word)
{
    bool is_option = word[0] == '-' && word[1] != '\0';

    if (is_option) {
        len = add_wanted(len, "--to=", word);
        len = add_wanted(len, "--", "");
    } else {
        len = add_wanted(len, "--to", "");
        len = add_wanted(len, "", word);
    }
    len = add_wanted(len, "", word);
    return add_wanted(len, ".", "");
}

static void test_shell(const char *shell)
{
    size_t used = strlen(prologue), len = 0, got;
    bool is_plain = true;

    memcpy(script, prologue, used);
    for (size_t i = 0; i < WORDS && used < SCRIPT_MAX; i++) {
        char word[SHELL_WORD_MAX];

        shell_word(i, word);
        if (is_hopeless(word))
            continue;
        used = add_line(used, word, &is_plain);
        len = want_line(len, word);
    }
    if (!tap_ok(used < SCRIPT_MAX && is_plain,
                "each line is written, and may be shown"))
        return;
    got = shell_run(shell, script, used, said, sizeof(said));
    tap_ok(got == len && memcmp(said, wanted, len) == 0,
           "%s reads each word as it is", shell);
    if (got != len || memcmp(said, wanted, len) != 0)
        for (size_t i = 0; i < got; i++)
            if (said[i] != wanted[i]) {
                printf("# wanted %s, got %s\n", wanted + i, said + i);
                break;
            }
}

static void expect_line(const char *format, const char *word, const char *want)
{
    char line[64];
    enum fob_status status;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    status = fob_shell_line(line, sizeof(line), format, word, word);
#pragma GCC diagnostic pop
    tap_ok((want == NULL) == (status == FOB_E_TOO_LONG) &&
               strcmp(line, want != NULL ? want : "") == 0,
           "%s: %s", format, want != NULL ? want : "none");
}

static void test_lines(void)
{
    expect_line("fob remove %s", "work", "fob remove work");
    expect_line("fob remove %s", "a b", "fob remove 'a b'");
    expect_line("fob remove %s", "", "fob remove ''");
    expect_line("fob remove %s", "it's", "fob remove 'it'\\''s'");
    expect_line("fob remove %s", "-rf", "fob remove -- -rf");
    expect_line("fob import %s", "-", "fob import -");
    expect_line("cp %s %s", "-a", "cp -- -a -a");
    expect_line("aws x --profile %s && fob x %s", "-a",
                "aws x --profile=-a && fob x -- -a");
    expect_line("fob x %s; fob y %s", "-a", "fob x -- -a; fob y -- -a");
    expect_line("rm %s", "a\033b", "rm \"$(printf 'a\\033b')\"");
    expect_line("rm %s", "\033\n", NULL);
    expect_line("at 100%% of %s", "x", "at 100% of x");
    expect_line("rm %s",
                "123456789012345678901234567890123456789012345678901"
                "2345678901234567890",
                NULL);
    expect_line("rm %x", "x", NULL);
    expect_line("rm %", "x", NULL);
}

static void test_add(void)
{
    char line[32] = "keep it: fob keys import";

    tap_ok(fob_shell_line_add(line, sizeof(line), "a'b") == FOB_E_TOO_LONG &&
               line[0] == '\0',
           "what does not fit is none");
    strcpy(line, "fob keys import");
    tap_ok(fob_shell_line_add(line, sizeof(line), "-x") == FOB_OK &&
               strcmp(line, "fob keys import -- -x") == 0,
           "one more word is put behind");
}

static void test_hint(void)
{
    struct fob_error error = {0};
    char longer[FOB_ERROR_HINT_MAX];

    fob_error_hint(&error, "fob login %s", "a; rm -rf ~");
    tap_ok(strcmp(error.hint, "fob login 'a; rm -rf ~'") == 0, "a hint quotes");
    memset(longer, 'x', sizeof(longer));
    longer[sizeof(longer) - 1] = '\0';
    fob_error_hint(&error, "rm %s", longer);
    tap_ok(error.hint[0] == '\0', "half a command is no hint");
    fob_error_advise(&error, "plug it in; 100%s");
    tap_ok(strcmp(error.hint, "plug it in; 100%s") == 0,
           "advice is taken as it is");
    fob_error_advise(&error, "fob login \xe2\x80\xae");
    tap_ok(error.hint[0] == '\0', "and not when fob cannot have written it");
}

int main(void)
{
    static const char *const shells[] = {"sh", "dash", "bash", "bash --posix",
                                         "zsh -f"};

    random_seed();
    unlink("/tmp/fob-vexed");
    test_lines();
    test_add();
    test_hint();
    for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
        if (shell_is_there(shells[i]))
            test_shell(shells[i]);
        else
            tap_ok(true, "reading back # SKIP no %s", shells[i]);
    tap_ok(access("/tmp/fob-vexed", F_OK) != 0, "nothing else was run");
    return tap_done();
}
