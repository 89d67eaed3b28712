/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"

static enum fob_status run_pair(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
        {"code1", NULL, FOB_TAG_CODE, LISTING_TEXT},
        {"code2", NULL, FOB_TAG_CODE_2, LISTING_TEXT},
        {0},
    };
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_PAIR);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    if (call->ui.is_json) {
        listing_put_one(call, members);
        return FOB_OK;
    }
    status = command_put_field(call, FOB_TAG_CODE, "first code");
    output_put_char(&call->output, ' ');
    if (status == FOB_OK)
        status = command_put_field(call, FOB_TAG_CODE_2, "second code");
    output_put_char(&call->output, '\n');
    return status;
}

const struct command command_pair = {
    .name = "pair",
    .synopsis = "NAME",
    .summary = "print two consecutive codes for a console form",
    .examples = "fob pair work",
    .operand = COMMAND_ACCOUNT,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_pair,
};
