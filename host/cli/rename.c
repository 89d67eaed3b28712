/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"

static enum fob_status run_rename(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_RENAME);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    fob_message_put_text(&call->request, FOB_TAG_NEW_NAME, call->operand[1]);
    status = agent_call_run(call);
    if (status == FOB_OK)
        ui_note(&call->ui, "The account %s is now called %s.", call->operand[0],
                call->operand[1]);
    return status;
}

const struct command command_rename = {
    .name = "rename",
    .synopsis = "OLD NEW",
    .summary = "give an account another name",
    .examples = "fob rename 'Amazon Web Services:alice@111122223333' work",
    .operand = COMMAND_ACCOUNT,
    .operands_min = 2,
    .operands_max = 2,
    .run = run_rename,
};
