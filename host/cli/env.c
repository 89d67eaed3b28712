/* SPDX-License-Identifier: MIT */
#include "host/cli/call/code_input.h"
#include "host/cli/call/own_variables.h"
#include "host/cli/ui/quote.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNSET, SHELL, DURATION, MIN_TTL, WAIT, FRESH, CODE };

static const struct command_option options[] = {
    [UNSET] = {"unset", NULL, "take the variables out again"},
    [SHELL] = {"shell", "SHELL", "sh, fish, csh or pwsh; sh if not given"},
    [DURATION] = {"duration", "TIME", "how long the session shall live"},
    [MIN_TTL] = {"min-ttl", "TIME", "how much life it must have left"},
    [WAIT] = {"wait", NULL, "wait when every code is spent"},
    [FRESH] = {"fresh", NULL, "a session of a code that is new"},
    [CODE] = {"code", "-", CODE_INPUT_HELP},
    {0},
};

static const struct command_choice choices[] = {
    {"SHELL", "sh fish csh pwsh "},
    {0},
};

/* What a person set stays, and what a person has set over it. */
static void put_unsets(struct command_call *call, enum shell shell)
{
    const char *profile = own_variables_profile();

    for (size_t i = 0; sdk_session_names[i].name != NULL; i++)
        if (mark_is_own(sdk_session_names[i].name))
            quote_put_unset(&call->output, shell, sdk_session_names[i].name);
    for (size_t i = 0; own_variables_names[i] != NULL; i++) {
        const char *value = getenv(own_variables_names[i]);

        if (value != NULL &&
            (strcmp(own_variables_names[i], "AWS_VAULT") != 0 ||
             (profile != NULL && strcmp(value, profile) == 0)))
            quote_put_unset(&call->output, shell, own_variables_names[i]);
    }
}

/* A person who looks at it instead of having a shell read it sees no more of a
 * value than may be shown. */
static void put_export(struct command_call *call, enum shell shell,
                       const struct sdk_session_variable *variable)
{
    struct output line = {0};

    quote_put_export(&line, shell, variable->name, variable->value,
                     variable->len);
    if (line.data.len > 0 && line.status == FOB_OK) {
        output_put_name(&call->output, line.data.data, line.data.len - 1);
        output_put_char(&call->output, '\n');
    }
    if (call->output.status == FOB_OK)
        call->output.status = line.status;
    output_free(&line);
}

/* A profile without a region does not go on with the one before it. */
static void put_unset_regions(struct command_call *call, enum shell shell)
{
    struct fob_field field;

    if (fob_message_find(&call->reply, FOB_TAG_REGION, &field))
        return;
    for (size_t i = 0; sdk_session_names[i].name != NULL; i++)
        if (sdk_session_names[i].tag == FOB_TAG_REGION &&
            mark_is_own(sdk_session_names[i].name))
            quote_put_unset(&call->output, shell, sdk_session_names[i].name);
}

static void put_exports(struct command_call *call, enum shell shell)
{
    const struct sdk_session_name *at = sdk_session_names;
    struct sdk_session_variable variable;
    struct own_variables own;

    put_unset_regions(call, shell);
    for (size_t i = 0; sdk_session_rivals[i] != NULL; i++)
        if (getenv(sdk_session_rivals[i]) != NULL)
            quote_put_unset(&call->output, shell, sdk_session_rivals[i]);
    while (sdk_session_next(call, &at, &variable))
        put_export(call, shell, &variable);
    own_variables_make(call, sdk_session_names, &own);
    for (size_t i = 0; i < OWN_VARIABLES; i++)
        put_export(call, shell, &own.variable[i]);
}

static enum fob_status run_env(struct command_call *call)
{
    static const struct sdk_session_options session = {DURATION, MIN_TTL, WAIT,
                                                       FRESH, CODE};
    const char *name = call->option[SHELL] != NULL ? call->option[SHELL] : "sh";
    const char *profile;
    enum shell shell;
    enum fob_status status;

    if (!quote_find_shell(name, &shell))
        return command_usage(call, "--shell is sh, fish, csh or pwsh");
    if (call->option[UNSET] != NULL) {
        put_unsets(call, shell);
        return FOB_OK;
    }
    status = sdk_session_fetch(call, &session, &profile);
    if (status != FOB_OK)
        return status;
    sdk_session_note_end(call, &session, profile);
    put_exports(call, shell);
    return FOB_OK;
}

/* eval "$(fob env x)" has the status of what it evaluates. */
static void put_failure(struct command_call *call)
{
    const char *name = call->option[SHELL] != NULL ? call->option[SHELL] : "sh";
    enum shell shell;

    if (isatty(STDOUT_FILENO))
        return;
    if (!quote_find_shell(name, &shell))
        shell = SHELL_SH;
    quote_put_failure(&call->output, shell);
}

const struct command command_env = {
    .name = "env",
    .synopsis =
        "[--unset] [--shell SHELL] [--duration TIME] "
        "[--min-ttl TIME] [--region REGION] [--wait] [--fresh] [--code -] "
        "[PROFILE]",
    .summary = "print session credentials as exports for a shell to eval",
    .examples = "eval \"$(fob env work)\"\n"
                "eval \"$(fob env --unset)\"\n"
                "fob env --shell fish work | source",
    .calls_aws = true,
    .options = options,
    .choices = choices,
    .operand = COMMAND_PROFILE,
    .has_region = true,
    .run = run_env,
    .fail = put_failure,
};
