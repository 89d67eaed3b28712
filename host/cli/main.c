/* SPDX-License-Identifier: MIT */
/* fob: see fob(1). */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/arguments.h"
#include "host/cli/call/help.h"
#include "host/cli/call/option.h"
#include "host/cli/call/refuse.h"
#include "host/cli/table.h"
#include "host/cli/ui/tty.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum fob_status print_version(struct command_call *call)
{
    output_put_text(&call->output, "fob " FOB_VERSION "\n");
    return FOB_OK;
}

static enum fob_status print_help(struct command_call *call, const char *name)
{
    call->command = name != NULL ? command_find(call->commands, name) : NULL;
    if (name != NULL && call->command == NULL)
        return refuse_command(call, name);
    if (call->command != NULL)
        help_put_command(&call->output, call->command);
    else
        help_put_program(&call->output, call->commands);
    return FOB_OK;
}

/* The options before the command; *words is left at what is none of them, or
 * at NULL. */
static void read_globals(struct command_call *call, char ***words)
{
    while (**words != NULL && (**words)[0] == '-' &&
           option_take_global(call, **words))
        ++*words;
}

static bool is_word(const char *word, const char *name)
{
    return strcmp(word, name) == 0 ||
           (strncmp(word, "--", 2) == 0 && strcmp(word + 2, name) == 0);
}

static enum fob_status run_command(struct command_call *call, char **words)
{
    bool is_help;
    enum fob_status status = arguments_read(call, words, &is_help);

    if (status == FOB_OK && is_help)
        help_put_command(&call->output, call->command);
    else if (status == FOB_OK)
        status = command_perform(call);
    return status;
}

static enum fob_status refuse_line(struct command_call *call,
                                   char *const *words)
{
    const char *word = *words;

    arguments_find_json(call, words);
    if (word != NULL && word[0] != '-')
        return refuse_command(call, word);
    fob_error_set(&call->error, FOB_E_USAGE, "%s",
                  word != NULL ? "unknown option before the command"
                               : "no command given");
    fob_error_hint(&call->error, "fob help");
    return FOB_E_USAGE;
}

static enum fob_status run_line(struct command_call *call, char **words)
{
    read_globals(call, &words);
    if (*words == NULL)
        return refuse_line(call, words);
    if (is_word(words[0], "version"))
        return print_version(call);
    if (is_word(words[0], "help") || strcmp(words[0], "-h") == 0) {
        words++;
        read_globals(call, &words);
        return print_help(call, words[0]);
    }
    call->command = command_find(call->commands, words[0]);
    if (call->command == NULL)
        return refuse_line(call, words);
    return run_command(call, words + 1);
}

static void put_failure(struct command_call *call)
{
    struct fob_error ignored;

    output_free(&call->output);
    call->command->fail(call);
    (void)!output_write(&call->output, STDOUT_FILENO, "stdout", &ignored);
}

static int finish_call(struct command_call *call, enum fob_status status)
{
    int exit_status;

    tty_go_on();
    if (status == FOB_OK)
        status =
            output_write(&call->output, STDOUT_FILENO, "stdout", &call->error);
    exit_status =
        call->exit_status ? call->exit_status : fob_status_exit(status);
    if (status != FOB_OK && call->command != NULL &&
        call->command->fail != NULL)
        put_failure(call);
    if (status != FOB_OK)
        ui_error(&call->ui, &call->error, exit_status);
    agent_call_end(call);
    output_free(&call->output);
    fob_message_free(&call->request);
    fob_message_free(&call->reply);
    return exit_status;
}

int main(int argc, char **argv)
{
    struct command_call call = {.commands = command_table,
                                .operands_ahead = -1};
    enum fob_status status;

    limits_save(&call.limits);
    if (fob_secret_start() != FOB_OK)
        status = fob_error_set(&call.error, FOB_E_FAILED,
                               "the system lets fob keep no secrets");
    else
        status = run_line(&call, argv + (argc > 0));
    return finish_call(&call, status);
}
