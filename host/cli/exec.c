/* SPDX-License-Identifier: MIT */
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/code_input.h"
#include "host/cli/call/environment.h"
#include "host/cli/call/own_variables.h"
#include "host/cli/endpoint/endpoint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SERVER, LISTEN, DURATION, MIN_TTL, WAIT, FRESH, CODE };
/* POSIX, Shell Command Language 2.8.2. */
enum { EXIT_CANNOT_RUN = 126, EXIT_NOT_THERE = 127 };

static const struct command_option options[] = {
    [SERVER] = {"server", NULL, "serve sessions to the command and renew them"},
    [LISTEN] = {"listen", "ADDRESS", "where --server does, for containers"},
    [DURATION] = {"duration", "TIME", "how long the session shall live"},
    [MIN_TTL] = {"min-ttl", "TIME", "how much life it must have left"},
    [WAIT] = {"wait", NULL, "wait when every code is spent"},
    [FRESH] = {"fresh", NULL, "a session of a code that is new"},
    [CODE] = {"code", "-", CODE_INPUT_HELP},
    {0},
};

/* The command takes this process over, so that signals and exit status are
 * its own; it finds all as our caller had it. */
static enum fob_status replace_process(struct command_call *call,
                                       const struct environment_form *form,
                                       char **argv)
{
    struct environment environment = {0};
    enum fob_status status = environment_make(call, form, &environment);

    if (status != FOB_OK)
        return fob_error_set(&call->error, status,
                             "cannot make the environment of %s", argv[0]);
    agent_call_end(call);
    limits_restore(&call->limits);
    execvpe(argv[0], argv, environment.variables);
    call->exit_status = errno == ENOENT ? EXIT_NOT_THERE : EXIT_CANNOT_RUN;
    status =
        fob_error_errno(&call->error, FOB_E_FAILED, "cannot run %s", argv[0]);
    environment_free(&environment);
    return status;
}

static char *find_shell(void)
{
    static char fallback[] = "/bin/sh";
    char *shell = getenv("SHELL");

    return shell != NULL && shell[0] != '\0' ? shell : fallback;
}

/* Once, where a person or another profile comes in: not at every call of a
 * script that runs in a session of its own profile. */
static void note_nesting(struct command_call *call)
{
    const char *outer = own_variables_profile();
    const char *profile = caller_environment_profile(call);
    bool is_other = outer != NULL && strcmp(outer, profile) != 0;
    bool is_shell = call->operand_count == 0 && isatty(STDIN_FILENO);

    if (is_shell)
        ui_note(&call->ui, "A shell with the session of %s%s%s; exit ends it.",
                profile, outer != NULL ? ", within that of " : "",
                outer != NULL ? outer : "");
    else if (is_other)
        ui_note(&call->ui, "The session of %s, within that of %s.", profile,
                outer);
}

static bool is_program(const char *name)
{
    const char *path = getenv("PATH");
    char file[4096];

    while (path != NULL && *path != '\0') {
        size_t len = strcspn(path, ":");

        if (fob_text_format(file, sizeof(file), "%.*s/%s", (int)len, path,
                            name) == FOB_OK &&
            access(file, X_OK) == 0)
            return true;
        path += len + (path[len] == ':');
    }
    return false;
}

/* `fob exec aws s3 ls`, where AWS_PROFILE names the profile: the command's
 * words may hold a secret, and are not repeated. */
static void hint_dashes(struct command_call *call)
{
    const char *named = getenv("AWS_PROFILE");

    if (call->error.status == FOB_E_NOT_FOUND && call->profile != NULL &&
        call->common[COMMON_PROFILE] == NULL && named != NULL &&
        named[0] != '\0' && is_program(call->profile))
        fob_error_hint(&call->error, "fob exec -- COMMAND");
}

static enum fob_status run_exec(struct command_call *call)
{
    static const struct sdk_session_options session = {DURATION, MIN_TTL, WAIT,
                                                       FRESH, CODE};
    static const struct environment_form credentials = {sdk_session_names,
                                                        sdk_session_rivals},
                                         endpoint = {
                                             sdk_session_endpoint_names,
                                             sdk_session_endpoint_rivals};
    bool is_server = call->option[SERVER] != NULL;
    const char *profile;
    char *shell[] = {find_shell(), NULL};
    char **argv = call->operand_count > 0 ? call->operand : shell;
    enum fob_status status;

    if (call->operand_count == 0 && call->operands_ahead >= 0)
        return command_usage(call, "no command after --");
    if (call->option[LISTEN] != NULL && !is_server)
        return command_usage(call, "--listen goes with --server");
    status = is_server ? endpoint_start(call, &session, call->option[LISTEN])
                       : sdk_session_fetch(call, &session, &profile);
    if (status != FOB_OK) {
        hint_dashes(call);
        return status;
    }
    if (!is_server)
        sdk_session_note_end(call, &session, profile);
    note_nesting(call);
    return replace_process(call, is_server ? &endpoint : &credentials, argv);
}

const struct command command_exec = {
    .name = "exec",
    .synopsis = "[--server [--listen ADDRESS]] [--duration TIME] "
                "[--min-ttl TIME] [--region REGION] [--wait] [--fresh] "
                "[--code -] [PROFILE] [[--] COMMAND [ARGUMENT ...]]",
    .summary = "run a command, or a shell, with session credentials",
    .examples = "fob exec work aws s3 ls\n"
                "fob exec -d 4h work\n"
                "fob exec --server work terraform apply",
    .calls_aws = true,
    .options = options,
    .has_region = true,
    .operand = COMMAND_PROFILE,
    .is_prefix = true,
    .operands_max = COMMAND_ANY,
    .run = run_exec,
};
