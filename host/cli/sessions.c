/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"

enum { CLEAR };

static const struct command_option options[] = {
    [CLEAR] = {"clear", NULL, "forget them all"},
    {0},
};

static const struct listing_column columns[] = {
    {"id", "ID", FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
    {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_TEXT},
    {"account", "ACCOUNT", FOB_TAG_ACCOUNT_ID, LISTING_TEXT},
    {"serial", "SERIAL", FOB_TAG_SERIAL, LISTING_TEXT},
    {"expires", "EXPIRES", FOB_TAG_EXPIRATION, LISTING_TIME},
    {0},
};

static enum fob_status run_sessions(struct command_call *call)
{
    bool is_clear = call->option[CLEAR] != NULL;
    enum fob_status status;

    fob_message_start(&call->request, is_clear ? FOB_REQUEST_SESSIONS_CLEAR
                                               : FOB_REQUEST_SESSIONS);
    status = agent_call_run(call);
    if (status == FOB_OK && !is_clear)
        listing_put(call, columns);
    return status;
}

const struct command command_sessions = {
    .name = "sessions",
    .synopsis = "[--clear]",
    .summary = "list the cached sessions, or forget them",
    .options = options,
    .run = run_sessions,
};
