/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/device.h"

static enum fob_status run_resync(struct command_call *call)
{
    enum fob_status status = device_run_as(call, FOB_REQUEST_RESYNC);

    if (status == FOB_OK)
        ui_note(&call->ui, "AWS has taken two codes in a row, and the device's "
                           "clock is set by them.");
    return status;
}

const struct command command_resync = {
    .name = "resync",
    .synopsis = DEVICE_SYNOPSIS,
    .summary = "set AWS's idea of a device's clock right",
    .examples = "fob resync work",
    .calls_aws = true,
    .options = device_options,
    .operand = COMMAND_PROFILE,
    .run = run_resync,
};
