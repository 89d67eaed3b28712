/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"

static const struct listing_column columns[] = {
    {"name", "NAME", FOB_TAG_PROFILE, LISTING_TEXT},
    {"account_id", "ACCOUNT", FOB_TAG_ACCOUNT_ID, LISTING_WHOLE},
    {"identity", "WHO", FOB_TAG_IDENTITY, LISTING_TEXT},
    {"user", NULL, FOB_TAG_USER, LISTING_TEXT},
    {"role", NULL, FOB_TAG_ROLE, LISTING_TEXT},
    {"region", "REGION", FOB_TAG_REGION, LISTING_TEXT},
    {"serial", NULL, FOB_TAG_SERIAL, LISTING_TEXT},
    {"seed", "SEED", FOB_TAG_PLACE, LISTING_WHOLE},
    {"account", NULL, FOB_TAG_NAME, LISTING_TEXT},
    {"session_expires", "LEFT", FOB_TAG_EXPIRATION, LISTING_LEFT},
    {0},
};

static enum fob_status run_profiles(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_PROFILES);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    listing_put(call, columns);
    if (listing_count(call) == 0)
        ui_note(&call->ui, "No profiles yet; run: aws configure");
    else if (fob_message_number(&call->reply, FOB_TAG_LOCKED, 0) != 0)
        ui_note(&call->ui, "The vault is locked, so where seeds are is not "
                           "known; run: fob unlock");
    return FOB_OK;
}

const struct command command_profiles = {
    .name = "profiles",
    .synopsis = "",
    .summary = "list the AWS profiles: who, where, and where each seed is",
    .examples = "fob profiles",
    .run = run_profiles,
};
