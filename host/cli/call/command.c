/* SPDX-License-Identifier: MIT */
#include "host/cli/call/command.h"

#include "host/cli/call/mark.h"
#include "host/cli/call/suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static enum fob_status refuse_verb(struct command_call *call)
{
    const char *word = call->operand[0];
    char text[SUGGEST_TEXT_CAP];
    struct suggest suggest = {0};

    for (const struct command_verb *verb = call->command->verbs;
         verb->name != NULL; verb++)
        suggest_add(&suggest, verb->name);
    suggest_put(&suggest, "", word, strlen(word), text);
    return command_usage(call, "unknown verb%s", text);
}

enum fob_status command_run_verb(struct command_call *call)
{
    const struct command_verb *verb = call->command->verbs;
    int given = call->operand_count - 1;

    for (; verb->name != NULL; verb++) {
        int least = verb->operands & ~(COMMAND_OPTIONAL | COMMAND_OF_PROFILE);
        int most = least + (verb->operands & COMMAND_OPTIONAL ? 1 : 0);

        if (strcmp(verb->name, call->operand[0]) != 0)
            continue;
        if (given < least || given > most)
            return refuse_operands(call, verb->name, least, most);
        return verb->run(call);
    }
    return refuse_verb(call);
}

/* One for all that reads it: the agent, which is told our variables, and the
 * command, which inherits them. */
static enum fob_status set_region(struct command_call *call)
{
    static const char *const names[] = {"AWS_REGION", "AWS_DEFAULT_REGION"};
    const char *region = call->common[COMMON_REGION];

    if (region == NULL)
        return FOB_OK;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (setenv(names[i], region, 1) != 0)
            return fob_error_no_memory(&call->error);
    unsetenv(MARK_NAME); /* it is a person's now */
    return FOB_OK;
}

enum fob_status command_perform(struct command_call *call)
{
    enum fob_status status = set_region(call);

    if (status != FOB_OK)
        return status;
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
