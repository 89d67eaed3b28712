/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"

enum { CLEAR };

static const struct command_option options[] = {
    [CLEAR] = {"clear", NULL, "forget them all, or those of PROFILE"},
    {0},
};

static const struct listing_column columns[] = {
    {"id", "ID", FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
    {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_TEXT},
    {"account", "ACCOUNT", FOB_TAG_ACCOUNT_ID, LISTING_SPARE},
    {"serial", "SERIAL", FOB_TAG_SERIAL, LISTING_WHOLE},
    {"expires", "LEFT", FOB_TAG_EXPIRATION, LISTING_LEFT},
    {0},
};

/* A profile must be named here: that of the environment must not make a part
 * of all. */
static enum fob_status clear_profile(struct command_call *call)
{
    enum fob_status status = caller_environment_put(call);

    fob_message_put_text(&call->request, FOB_TAG_PROFILE, call->profile);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status == FOB_OK)
        ui_note(&call->ui, "sessions of %s forgotten: %u", call->profile,
                (unsigned)fob_message_number(&call->reply, FOB_TAG_NUMBER, 0));
    return status;
}

static enum fob_status run_sessions(struct command_call *call)
{
    bool is_clear = call->option[CLEAR] != NULL;
    enum fob_status status;

    if (call->profile != NULL && !is_clear)
        return command_usage(call, "PROFILE goes with --clear");
    fob_message_start(&call->request, is_clear ? FOB_REQUEST_SESSIONS_CLEAR
                                               : FOB_REQUEST_SESSIONS);
    if (call->profile != NULL)
        return clear_profile(call);
    status = agent_call_run(call);
    if (status == FOB_OK && is_clear)
        ui_note(&call->ui, "All cached sessions are forgotten.");
    else if (status == FOB_OK)
        listing_put(call, columns);
    return status;
}

const struct command command_sessions = {
    .name = "sessions",
    .synopsis = "[--clear [PROFILE]]",
    .summary = "list the cached sessions, or forget them",
    .examples = "fob sessions\n"
                "fob sessions --clear",
    .options = options,
    .operand = COMMAND_PROFILE,
    .run = run_sessions,
};
