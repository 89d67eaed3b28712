/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/code_input.h"
#include "host/cli/call/listing.h"
#include "host/cli/parts/device.h"

enum { CODE };

static const struct command_option options[] = {
    [CODE] = {"code", "-", "the device's six digits, from stdin"},
    {0},
};

static const struct listing_column columns[] = {
    {"serial", "SERIAL", FOB_TAG_SERIAL, LISTING_WHOLE},
    {"seed", "SEED", FOB_TAG_PLACE, LISTING_WHOLE},
    {"name", "NAME", FOB_TAG_NAME, LISTING_TEXT},
    {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_SPARE},
    {"enabled", "ENABLED", FOB_TAG_CREATED, LISTING_DAY},
    {0},
};

static enum fob_status run_devices(struct command_call *call)
{
    static const struct device_text texts[] = {{-1, 0}};
    enum fob_status status = device_request(call, FOB_REQUEST_DEVICES, texts);

    if (status == FOB_OK && call->option[CODE] != NULL)
        status = code_input_put(call, CODE);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    listing_put(call, columns);
    if (listing_count(call) == 0)
        ui_note(&call->ui, "No devices yet; run: fob enroll");
    return FOB_OK;
}

const struct command command_devices = {
    .name = "devices",
    .synopsis = "[--code -] [PROFILE]",
    .summary = "list a user's MFA devices and where their seeds are",
    .examples = "fob devices work",
    .calls_aws = true,
    .options = options,
    .operand = COMMAND_PROFILE,
    .run = run_devices,
};
