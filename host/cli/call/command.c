/* SPDX-License-Identifier: MIT */
#include "host/cli/call/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct command_option command_trust_clock = {
    "trust-clock", NULL, "believe an endpoint whose clock is a day off"};

const struct command *command_find(const struct command *const *commands,
                                   const char *name)
{
    for (; *commands != NULL; commands++)
        if (strcmp((*commands)->name, name) == 0)
            return *commands;
    return NULL;
}

enum fob_status command_usage(struct command_call *call, const char *format,
                              ...)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    fob_error_set(&call->error, FOB_E_USAGE, "%s: %s", call->command->name,
                  text);
    fob_error_hint(&call->error, "fob %s --help", call->command->name);
    return FOB_E_USAGE;
}

static enum fob_status refuse_operands(struct command_call *call,
                                       const char *verb, int least, int most)
{
    if (least < most)
        return command_usage(call, "%s takes %d or %d operands", verb, least,
                             most);
    return command_usage(call, "%s takes %d operand%s", verb, least,
                         least == 1 ? "" : "s");
}

enum fob_status command_run_verb(struct command_call *call)
{
    const struct command_verb *verb = call->command->verbs;
    int given = call->operand_count - 1;

    for (; verb->name != NULL; verb++) {
        int least = verb->operands & ~COMMAND_OPTIONAL;
        int most = least + (verb->operands & COMMAND_OPTIONAL ? 1 : 0);

        if (strcmp(verb->name, call->operand[0]) != 0)
            continue;
        if (given < least || given > most)
            return refuse_operands(call, verb->name, least, most);
        return verb->run(call);
    }
    return command_usage(call, "unknown verb");
}

enum fob_status command_perform(struct command_call *call)
{
    if (call->command->run != NULL)
        return call->command->run(call);
    return command_run_verb(call);
}

enum fob_status command_put_field(struct command_call *call, enum fob_tag tag,
                                  const char *what)
{
    struct fob_field field;

    if (!fob_message_find(&call->reply, tag, &field))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the %s", what);
    output_put_name(&call->output, field.data, field.len);
    return FOB_OK;
}
