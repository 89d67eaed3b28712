/* SPDX-License-Identifier: MIT */
#include "host/cli/call/help.h"

#include "host/cli/call/common.h"

#include <string.h>

/* `text` and spaces up to column `width`. */
static void put_padded(struct output *output, const char *text, size_t len,
                       size_t width)
{
    output_put_text(output, text);
    for (; len < width; len++)
        output_put_char(output, ' ');
}

void help_put_program(struct output *output,
                      const struct command *const *commands)
{
    output_put_text(output, "usage: fob [-q] [-v] [--json] COMMAND ...\n\n");
    for (; *commands != NULL; commands++) {
        output_put_text(output, "  ");
        put_padded(output, (*commands)->name, strlen((*commands)->name), 13);
        output_put_text(output, (*commands)->summary);
        output_put_char(output, '\n');
    }
    output_put_text(output,
                    "  version      print the version\n"
                    "  help         print this, or the help of a command\n"
                    "\nMore: fob COMMAND --help, man fob, man fob-COMMAND\n");
}

static void put_option(struct output *output,
                       const struct command_option *option)
{
    char letter = common_letter(option->name);
    size_t len = strlen(option->name);

    output_put_text(output, "  --");
    output_put_text(output, option->name);
    if (letter != '\0') {
        output_put_text(output, ", -");
        output_put_char(output, letter);
        len += strlen(", -") + 1;
    }
    if (option->value != NULL) {
        output_put_char(output, ' ');
        output_put_text(output, option->value);
        len += 1 + strlen(option->value);
    }
    put_padded(output, "", len, 22);
    output_put_text(output, option->help);
    output_put_char(output, '\n');
}

void help_put_command(struct output *output, const struct command *command)
{
    output_put_text(output, "usage: fob ");
    output_put_text(output, command->name);
    output_put_text(output, command->synopsis[0] ? " " : "");
    output_put_text(output, command->synopsis);
    output_put_text(output, "\n\n  ");
    output_put_text(output, command->summary);
    output_put_text(output, command->options != NULL || command->calls_aws
                                ? ".\n\n"
                                : ".\n");
    for (const struct command_option *option = command->options;
         option != NULL && option->name != NULL; option++)
        put_option(output, option);
    for (int i = 0; i < COMMON_COUNT; i++) {
        const struct command_option *option =
            common_find(command, (enum command_common)i);

        if (option != NULL)
            put_option(output, option);
    }
    output_put_text(output, "\nMore: man fob-");
    output_put_text(output, command->name);
    output_put_char(output, '\n');
}
