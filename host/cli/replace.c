/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/device.h"

enum { DEVICE, NAME, ON };

static const struct command_option options[] = {
    [DEVICE] = {"device", "DEVICE", "what to call the new one"},
    [NAME] = {"name", "NAME", "what to call its account in the vault"},
    [ON] = {"on", "token", "keep the seed on a token, nowhere else"},
    {0},
};

static enum fob_status run_replace(struct command_call *call)
{
    static const struct device_text texts[] = {
        {DEVICE, FOB_TAG_DEVICE},
        {NAME, FOB_TAG_NAME},
        {-1, 0},
    };
    enum fob_status status = device_request(call, FOB_REQUEST_REPLACE, texts);

    device_put_token(call, ON);
    return status == FOB_OK ? device_run(call) : status;
}

const struct command command_replace = {
    .name = "replace",
    .synopsis = "[--device DEVICE] [--name NAME] [--on token] [PROFILE]",
    .summary = "put a new device in the place of a profile's",
    .examples = "fob replace work",
    .calls_aws = true,
    .options = options,
    .operand = COMMAND_PROFILE,
    .run = run_replace,
};
