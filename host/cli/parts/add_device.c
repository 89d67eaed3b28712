/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/add_device.h"

#include "host/base/shell_line.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/cli/ui/tty.h"

#include <string.h>
#include <unistd.h>

/* Stored is stored: the name is out before the console is waited for. */
static enum fob_status put_account(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
        {0},
    };
    enum fob_status status = FOB_OK;

    if (call->ui.is_json) {
        listing_put_one(call, members);
    } else {
        status = command_put_field(call, FOB_TAG_NAME, "name");
        output_put_char(&call->output, '\n');
    }
    if (status == FOB_OK)
        status =
            output_write(&call->output, STDOUT_FILENO, "stdout", &call->error);
    output_free(&call->output);
    return status;
}

static bool is_of_aws(const struct command_call *call)
{
    char issuer[64];

    return fob_message_text(&call->reply, FOB_TAG_ISSUER, issuer,
                            sizeof(issuer)) == FOB_OK &&
           strcmp(issuer, "Amazon Web Services") == 0;
}

static void note_next(struct command_call *call, const char *name,
                      const char *profile)
{
    char line[FOB_ERROR_TEXT_MAX + 1];

    if (fob_shell_line(line, sizeof(line),
                       "fob pair %s; then: fob enroll --profile %s --account "
                       "%s",
                       name, profile, name) == FOB_OK)
        ui_note(&call->ui, "For the console's form: %s", line);
}

static void note_rest(struct command_call *call, const char *name,
                      const char *profile)
{
    char line[FOB_ERROR_TEXT_MAX + 1];

    if (fob_shell_line(line, sizeof(line),
                       "fob enroll --profile %s --account %s", profile,
                       name) == FOB_OK)
        ui_note(&call->ui, "The seed is stored; to go on: %s", line);
}

static enum fob_status take_over(struct command_call *call, const char *name,
                                 const char *profile)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_ENROLL);
    fob_message_put_text(&call->request, FOB_TAG_PROFILE, profile);
    fob_message_put_text(&call->request, FOB_TAG_ACCOUNT, name);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        note_rest(call, name, profile);
    return status;
}

enum fob_status add_device_follow(struct command_call *call,
                                  const char *profile, bool is_bound)
{
    char name[FOB_NAME_MAX + 1];
    bool is_attended = tty_is_there();
    enum fob_status status =
        fob_message_text(&call->reply, FOB_TAG_NAME, name, sizeof(name));

    if (status != FOB_OK)
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the name");
    status = put_account(call);
    if (status != FOB_OK)
        return status;
    if (profile != NULL && is_attended)
        return take_over(call, name, profile);
    if (profile != NULL)
        note_next(call, name, profile);
    else if (is_attended && !is_bound && is_of_aws(call))
        note_next(call, name, "PROFILE");
    return FOB_OK;
}
