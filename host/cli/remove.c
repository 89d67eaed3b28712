/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"

static enum fob_status run_remove(struct command_call *call)
{
    fob_message_start(&call->request, FOB_REQUEST_REMOVE);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    return agent_call_run(call);
}

const struct command command_remove = {
    .name = "remove",
    .synopsis = "NAME",
    .summary = "delete an account and its seed",
    .operand = COMMAND_ACCOUNT,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_remove,
};
