/* SPDX-License-Identifier: MIT */
/* Real shells, and words to vex them with. */
#ifndef FOB_TESTS_LIB_SHELL_H
#define FOB_TESTS_LIB_SHELL_H

#include "tests/lib/random.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHELL_WORD_MAX = 48 };

static const char *const shell_words[] = {
    "work",
    "a b",
    "",
    "it's",
    "''",
    "a; rm -rf ~",
    "$(touch /tmp/fob-vexed)",
    "`id`",
    "$HOME",
    "~",
    "~root",
    "*",
    "a\\",
    "\\n",
    "a\"b",
    "!!",
    "a!b",
    "#x",
    "a#b",
    "&",
    "|",
    "<x",
    ">x",
    "(",
    ")",
    "{a,b}",
    "[a-z]",
    "a=b",
    "=ls",
    "%1",
    "^a^b",
    "a\nb",
    "a\n\nb",
    "\ttab",
    "a\rb",
    "\x1b[2J",
    "\x7f",
    "\xc2\x9b"
    "31m",
    "\x9b",
    "\xff\xfe",
    "gpj\xe2\x80\xae"
    "exe",
    "a\xe2\x80\xa8"
    "b",
    "\xe2\x80\x98;id\xe2\x80\x99",
    "\xe2\x80\x9a\xe2\x80\x9b",
    "\xe2\x80\x9c$x\xe2\x80\x9d\xe2\x80\x9e",
    "\xe2\x80\x99'\xe2\x80\x99",
    "'\xe2\x80\x99",
    "caf\xc3\xa9",
    "\xc3\xa9\\",
    "'\\''",
    "\\'",
    "a'!'b",
    "\\!",
    "'!",
    "--",
    "-x",
    "--rm",
    "-",
    "%s%n",
};
enum { SHELL_WORDS = sizeof(shell_words) / sizeof(shell_words[0]) };

/* One of those, or one made of their like. */
__attribute__((unused)) static void shell_word(size_t number,
                                               char word[SHELL_WORD_MAX])
{
    static const char *const parts[] = {
        "'",
        "\"",
        "\\",
        "!",
        "$",
        "`",
        "\n",
        "-",
        " ",
        "~",
        "%",
        "a",
        "0",
        "\xe2\x80\x98",
        "\xe2\x80\x99",
        "\xe2\x80\x9a",
        "\xe2\x80\x9b",
        "\xe2\x80\x9c",
        "\xe2\x80\x9d",
        "\xe2\x80\xae",
        "\x1b",
        "\x80",
        "\xe2",
        ";",
        "&",
        "*",
        "{",
        "=",
        "\xc3\xa9",
        "\t",
    };
    size_t count = random_below(10);

    word[0] = '\0';
    if (number < SHELL_WORDS)
        snprintf(word, SHELL_WORD_MAX, "%s", shell_words[number]);
    for (size_t i = 0; number >= SHELL_WORDS && i < count; i++)
        strcat(word, parts[random_below(sizeof(parts) / sizeof(parts[0]))]);
}

/* What `script` says when `shell`, a command line, reads it from a file; the
 * length, at most cap. */
__attribute__((unused)) static size_t shell_run(const char *shell,
                                                const char *script, size_t len,
                                                char *said, size_t cap)
{
    char path[] = "/tmp/fob-shell-XXXXXX", line[128];
    int fd = mkstemp(path);
    size_t got = 0;
    FILE *pipe;

    if (fd < 0 || write(fd, script, len) != (ssize_t)len)
        return 0;
    close(fd);
    snprintf(line, sizeof(line), "%s %s", shell, path);
    pipe = popen(line, "r");
    if (pipe != NULL) {
        got = fread(said, 1, cap, pipe);
        pclose(pipe);
    }
    unlink(path);
    return got;
}

__attribute__((unused)) static bool shell_is_there(const char *shell)
{
    char line[128];

    snprintf(line, sizeof(line), "command -v %.*s >/dev/null",
             (int)strcspn(shell, " "), shell);
    return system(line) == 0;
}

#endif
