/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"

static const struct listing_column columns[] = {
    {"name", "NAME", FOB_TAG_NAME, LISTING_TEXT},
    {"issuer", "ISSUER", FOB_TAG_ISSUER, LISTING_SPARE},
    {"label", "LABEL", FOB_TAG_LABEL, LISTING_SPARE},
    {"type", "TYPE", FOB_TAG_TYPE, LISTING_TEXT},
    {"hash", NULL, FOB_TAG_HASH, LISTING_TEXT},
    {"digits", NULL, FOB_TAG_DIGITS, LISTING_NUMBER},
    {"period", NULL, FOB_TAG_PERIOD, LISTING_NUMBER},
    {"counter", NULL, FOB_TAG_COUNTER, LISTING_NUMBER},
    {"place", "PLACE", FOB_TAG_PLACE, LISTING_WHOLE},
    {"serial", "SERIAL", FOB_TAG_SERIAL, LISTING_WHOLE},
    {"created", NULL, FOB_TAG_CREATED, LISTING_TIME},
    {0},
};

static enum fob_status run_list(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_LIST);
    status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    listing_put(call, columns);
    if (listing_count(call) == 0)
        ui_note(&call->ui, "No accounts yet; run: fob add --qr FILE");
    return FOB_OK;
}

const struct command command_list = {
    .name = "list",
    .synopsis = "",
    .summary = "list the accounts",
    .examples = "fob list",
    .run = run_list,
};
