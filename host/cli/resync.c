/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/device.h"

enum { DEVICE };

static const struct command_option options[] = {
    [DEVICE] = {"device", "DEVICE", "another one than the profile's"},
    {0},
};

static enum fob_status run_resync(struct command_call *call)
{
    static const struct device_text texts[] = {
        {DEVICE, FOB_TAG_DEVICE},
        {-1, 0},
    };
    enum fob_status status = device_request(call, FOB_REQUEST_RESYNC, texts);

    if (status == FOB_OK)
        status = device_run(call);
    if (status == FOB_OK)
        ui_note(&call->ui, "AWS has taken two codes in a row, and the device's "
                           "clock is set by them.");
    return status;
}

const struct command command_resync = {
    .name = "resync",
    .synopsis = "[--device DEVICE] [PROFILE]",
    .summary = "set AWS's idea of a device's clock right",
    .examples = "fob resync work",
    .calls_aws = true,
    .options = options,
    .operand = COMMAND_PROFILE,
    .run = run_resync,
};
