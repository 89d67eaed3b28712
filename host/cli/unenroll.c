/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/device.h"

static enum fob_status run_unenroll(struct command_call *call)
{
    return device_run_as(call, FOB_REQUEST_UNENROLL);
}

const struct command command_unenroll = {
    .name = "unenroll",
    .synopsis = DEVICE_SYNOPSIS,
    .summary = "delete an MFA device and its seed",
    .calls_aws = true,
    .options = device_options,
    .run = run_unenroll,
};
