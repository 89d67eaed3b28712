/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/device.h"

static enum fob_status run_resync(struct command_call *call)
{
    return device_run_as(call, FOB_REQUEST_RESYNC);
}

const struct command command_resync = {
    .name = "resync",
    .synopsis = DEVICE_SYNOPSIS,
    .summary = "set AWS's idea of a device's clock right",
    .calls_aws = true,
    .options = device_options,
    .operand = COMMAND_PROFILE,
    .run = run_resync,
};
