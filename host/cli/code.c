/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/arguments.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/own_settings.h"
#include "host/cli/ui/clipboard.h"

enum { AT, NEXT, COPY };

static const struct command_option options[] = {
    [AT] = {"at", "UNIX", "the code of that moment, in Unix seconds"},
    [NEXT] = {"next", NULL, "the code of the time step to come"},
    [COPY] = {"copy", NULL, "put it on the clipboard, print nothing"},
    {0},
};

static enum fob_status request_code(struct command_call *call)
{
    uint64_t at;
    enum fob_status status = arguments_number(call, AT, 0, &at);

    if (status != FOB_OK)
        return status;
    fob_message_start(&call->request, FOB_REQUEST_CODE);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    if (call->option[AT] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_TIME, at);
    if (call->option[NEXT] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_NEXT, 1);
    status = caller_environment_put(call);
    return status == FOB_OK ? agent_call_run(call) : status;
}

static enum fob_status copy_code(struct command_call *call)
{
    struct fob_settings settings;
    struct fob_field code;
    enum fob_status status = own_settings_load(&settings, &call->error);

    if (status != FOB_OK)
        return status;
    if (!fob_message_find(&call->reply, FOB_TAG_CODE, &code))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the code");
    status = clipboard_copy(code.data, code.len, settings.clipboard_clear_s,
                            &call->error);
    if (status == FOB_OK && settings.clipboard_clear_s > 0)
        ui_note(&call->ui,
                "The code is on the clipboard, and is taken off it in %u s.",
                (unsigned)settings.clipboard_clear_s);
    else if (status == FOB_OK)
        ui_note(&call->ui, "The code is on the clipboard.");
    return status;
}

static enum fob_status run_code(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
        {"code", NULL, FOB_TAG_CODE, LISTING_TEXT},
        {"expires", NULL, FOB_TAG_TIME, LISTING_TIME},
        {0},
    };
    enum fob_status status = request_code(call);

    if (status != FOB_OK)
        return status;
    if (call->option[COPY] != NULL)
        return copy_code(call);
    if (call->ui.is_json) {
        listing_put_one(call, members);
        return FOB_OK;
    }
    status = command_put_field(call, FOB_TAG_CODE, "code");
    output_put_char(&call->output, '\n');
    return status;
}

const struct command command_code = {
    .name = "code",
    .synopsis = "[--at UNIX] [--next] [--copy] NAME",
    .summary = "print the code of an account",
    .examples = "fob code work\n"
                "fob code --copy github",
    .options = options,
    .operand = COMMAND_ACCOUNT,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_code,
};
