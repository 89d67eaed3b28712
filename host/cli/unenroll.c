/* SPDX-License-Identifier: MIT */
#include "host/cli/device.h"

enum { PROFILE, DEVICE };

static const struct command_option options[] = {
    [PROFILE] = {"profile", "PROFILE", "whose key signs; else AWS_PROFILE"},
    [DEVICE] = {"device", "DEVICE", "another one than the profile's"},
    {0},
};

static enum fob_status run(struct command_call *call)
{
    static const struct device_text texts[] = {
        {DEVICE, FOB_TAG_DEVICE},
        {-1, 0},
    };
    enum fob_status status =
        device_request(call, FOB_REQUEST_UNENROLL, PROFILE, texts);

    return status == FOB_OK ? device_run(call) : status;
}

const struct command command_unenroll = {
    .name = "unenroll",
    .synopsis = "[--profile PROFILE] [--device DEVICE]",
    .summary = "delete an MFA device and its seed",
    .options = options,
    .run = run,
};
