/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"

enum { FORCE };

static const struct command_option options[] = {
    [FORCE] = {"force", NULL, "do not ask, whatever depends on it"},
    {0},
};

static enum fob_status run_remove(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_REMOVE);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    if (call->option[FORCE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    status = caller_environment_put(call);
    return status == FOB_OK ? agent_call_run(call) : status;
}

const struct command command_remove = {
    .name = "remove",
    .synopsis = "[--force] NAME",
    .summary = "delete an account and its seed",
    .examples = "fob remove github",
    .options = options,
    .operand = COMMAND_ACCOUNT,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_remove,
};
