/* SPDX-License-Identifier: MIT */
#include "host/config/setting_command.h"

#include "tests/lib/tap.h"

#include <string.h>

static const struct fob_setting_mark MARKS[] = {
    {"{a}", "one two"}, {"{b}", ""}, {"%s", "{a}"}, {NULL, NULL}};

/* `words` is joined by newlines. */
static void becomes(const char *line, const char *words, uint32_t used)
{
    struct fob_setting_command command;
    char joined[256] = "";
    bool is_good = fob_setting_command_make(line, MARKS, &command) == FOB_OK;

    for (size_t i = 0; is_good && i < command.count; i++) {
        strncat(joined, command.argv[i], 100);
        strcat(joined, i + 1 < command.count ? "\n" : "");
    }
    tap_ok(is_good && strcmp(joined, words) == 0 && command.used == used &&
               command.argv[command.count] == NULL &&
               command.argv[command.count + 1] == NULL,
           "words of: %s", line);
    fob_setting_command_free(&command);
    tap_ok(command.text.data == NULL && command.argv[0] == NULL,
           "and nothing of them is left");
}

static void fails(const char *line, const char *what)
{
    struct fob_setting_command command;

    tap_ok(fob_setting_command_make(line, MARKS, &command) == FOB_E_SYNTAX &&
               command.text.data == NULL && command.count == 0,
           "refused: %s", what);
    tap_ok(!fob_setting_command_is_good(line, MARKS), "and no good");
}

int main(void)
{
    char many[3 * FOB_SETTING_WORDS_MAX] = "";
    char longer[FOB_SETTING_COMMAND_MAX + 2];

    if (fob_secret_start() != FOB_OK)
        return 1;
    becomes("firefox", "firefox", 0);
    becomes("x {a}y{a} z", "x\none twoyone two\nz", 1);
    becomes("'x y' \"{b}\" {c}", "x y\n\n{c}", 2);
    becomes("x %s", "x\n{a}", 4);
    for (int i = 0; i < FOB_SETTING_WORDS_MAX; i++)
        strcat(many, "x ");
    tap_ok(fob_setting_command_is_good(many, MARKS), "32 words");
    strcat(many, "x");
    fails(many, "33 words");
    memset(longer, 'x', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    fails(longer, "a line that is too long");
    tap_ok(fob_setting_command_is_good(longer + 1, MARKS),
           "one byte less is a line");
    fails("", "no word");
    fails("  ", "blanks");
    fails("'' x", "a program without a name");
    fails("x 'y", "an open quote");
    tap_ok(fob_setting_command_is_good("x {a}{} {A} {b", MARKS),
           "other braces are no marks");
    tap_ok(!fob_setting_command_is_good("x {a} {c}", MARKS),
           "a mark that nobody knows is no good");
    return tap_done();
}
