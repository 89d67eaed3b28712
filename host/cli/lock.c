/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"

enum { ALL };

static const struct command_option options[] = {
    [ALL] = {"all", NULL, "close the cached sessions, too"},
    {0},
};

/* Without an agent nobody has a key to forget. */
static enum fob_status run_lock(struct command_call *call)
{
    enum fob_status status;
    bool is_running;

    fob_message_start(&call->request, FOB_REQUEST_LOCK);
    if (call->option[ALL] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_ALL, 1);
    status = agent_call_run_everywhere(call, NULL, &is_running);
    if (status == FOB_OK)
        ui_note(&call->ui, is_running ? "The vault is locked."
                                      : "No agent is running: the vault is "
                                        "locked.");
    return status;
}

const struct command command_lock = {
    .name = "lock",
    .synopsis = "[--all]",
    .summary = "make the agent forget the vault's key",
    .examples = "fob lock --all",
    .options = options,
    .run = run_lock,
};
