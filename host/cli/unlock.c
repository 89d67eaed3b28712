/* SPDX-License-Identifier: MIT */
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"

static enum fob_status run_unlock(struct command_call *call)
{
    char time[FOB_TEXT_TIME_LEN + 1];
    enum fob_status status;
    uint64_t locks_at;

    fob_message_start(&call->request, FOB_REQUEST_UNLOCK);
    caller_environment_put_desktop(call);
    status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    locks_at = fob_message_number(&call->reply, FOB_TAG_LOCKS_AT, 0);
    if (locks_at) {
        fob_text_time((int64_t)locks_at, time);
        ui_note(&call->ui, "The vault is open until %s.", time);
    }
    return FOB_OK;
}

const struct command command_unlock = {
    .name = "unlock",
    .synopsis = "",
    .summary = "open the vault for the commands to come",
    .examples = "fob unlock",
    .run = run_unlock,
};
