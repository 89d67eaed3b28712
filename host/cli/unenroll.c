/* SPDX-License-Identifier: MIT */
#include "host/cli/call/caller_environment.h"
#include "host/cli/parts/device.h"

static enum fob_status run_unenroll(struct command_call *call)
{
    enum fob_status status = caller_environment_need_profile(call);

    return status == FOB_OK ? device_run_as(call, FOB_REQUEST_UNENROLL)
                            : status;
}

const struct command command_unenroll = {
    .name = "unenroll",
    .synopsis = DEVICE_SYNOPSIS,
    .summary = "delete an MFA device and its seed",
    .examples = "fob unenroll work",
    .calls_aws = true,
    .options = device_options,
    .operand = COMMAND_PROFILE,
    .run = run_unenroll,
};
