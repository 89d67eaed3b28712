/* SPDX-License-Identifier: MIT */
#include "host/cli/call/help.h"

#include "host/cli/call/common.h"

#include <string.h>

enum {
    WIDTH = 80,
    NAMES = 15,   /* where a command's summary begins */
    OPTIONS = 26, /* where an option's help begins */
    USAGE = 11,   /* "usage: fob " */
};

/* The first word of a text, with all that is in brackets. */
static size_t measure_word(const char *text)
{
    size_t len = 0;

    for (int depth = 0; text[len] != '\0'; len++) {
        if (depth == 0 && (text[len] == ' ' || text[len] == '\n'))
            break;
        depth += text[len] == '[' || text[len] == '(';
        depth -= text[len] == ']' || text[len] == ')';
    }
    return len;
}

static void put_spaces(struct output *output, size_t from, size_t to)
{
    for (; from < to; from++)
        output_put_char(output, ' ');
}

/* The words of `text`, the first in column `at`; further lines, which begin
 * where there is no room or behind a newline, after `indent` columns. */
static void put_words(struct output *output, const char *text, size_t at,
                      size_t indent)
{
    bool is_first = true;

    for (; *text != '\0'; text += strspn(text, " \n")) {
        size_t len = measure_word(text);

        if (!is_first && (text[-1] == '\n' || at + 1 + len > WIDTH)) {
            output_put_char(output, '\n');
            put_spaces(output, 0, indent);
            at = indent;
        } else if (!is_first) {
            output_put_char(output, ' ');
            at++;
        }
        output_put(output, text, len);
        at += len;
        text += len;
        is_first = false;
    }
    output_put_char(output, '\n');
}

void help_put_program(struct output *output,
                      const struct command *const *commands)
{
    output_put_text(output, "usage: fob [-q] [-v] [--json] COMMAND ...\n\n");
    for (; *commands != NULL; commands++) {
        output_put_text(output, "  ");
        output_put_text(output, (*commands)->name);
        put_spaces(output, 2 + strlen((*commands)->name), NAMES);
        put_words(output, (*commands)->summary, NAMES, NAMES);
    }
    output_put_text(output,
                    "  version      print the version\n"
                    "  help         print this, or the help of a command\n"
                    "\n-q, -v and --json may also stand behind the command.\n"
                    "More: fob COMMAND --help, man fob, man fob-COMMAND\n");
}

static void put_option(struct output *output,
                       const struct command_option *option)
{
    char letter = common_letter(option->name);
    size_t at = strlen("  --") + strlen(option->name);

    output_put_text(output, "  --");
    output_put_text(output, option->name);
    if (letter != '\0') {
        output_put_text(output, ", -");
        output_put_char(output, letter);
        at += strlen(", -") + 1;
    }
    if (option->value != NULL) {
        output_put_char(output, ' ');
        output_put_text(output, option->value);
        at += 1 + strlen(option->value);
    }
    put_spaces(output, at, OPTIONS);
    put_words(output, option->help, at < OPTIONS ? OPTIONS : at, OPTIONS);
}

static void put_options(struct output *output, const struct command *command)
{
    const struct command_option *option = command->options;

    for (; option != NULL && option->name != NULL; option++)
        put_option(output, option);
    for (int i = 0; i < COMMON_COUNT; i++) {
        option = common_find(command, (enum command_common)i);
        if (option != NULL)
            put_option(output, option);
    }
}

static bool has_options(const struct command *command)
{
    for (int i = 0; i < COMMON_COUNT; i++)
        if (common_find(command, (enum command_common)i) != NULL)
            return true;
    return command->options != NULL;
}

static void put_examples(struct output *output, const char *examples)
{
    output_put_text(output, "\nFor example:\n");
    while (*examples != '\0') {
        size_t len = strcspn(examples, "\n");

        output_put_text(output, "  ");
        output_put(output, examples, len);
        output_put_char(output, '\n');
        examples += len + (examples[len] == '\n');
    }
}

void help_put_command(struct output *output, const struct command *command)
{
    size_t at = USAGE + strlen(command->name);

    output_put_text(output, "usage: fob ");
    output_put_text(output, command->name);
    if (command->synopsis[0] != '\0')
        output_put_char(output, ' ');
    put_words(output, command->synopsis, at + 1, USAGE);
    output_put_text(output, "\n  ");
    output_put_text(output, command->summary);
    output_put_text(output, has_options(command) ? ".\n\n" : ".\n");
    put_options(output, command);
    if (command->examples != NULL)
        put_examples(output, command->examples);
    output_put_text(output, "\nMore: man fob-");
    output_put_text(output, command->name);
    output_put_char(output, '\n');
}
