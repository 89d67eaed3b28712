/* SPDX-License-Identifier: MIT */
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/code_input.h"
#include "host/cli/parts/device.h"

enum { DEVICE, CODE };

static const struct command_option options[] = {
    [DEVICE] = {"device", "DEVICE", "another one than the profile's"},
    [CODE] = {"code", "-", "the device's six digits, from stdin"},
    {0},
};

static enum fob_status run_unenroll(struct command_call *call)
{
    static const struct device_text texts[] = {
        {DEVICE, FOB_TAG_DEVICE},
        {-1, 0},
    };
    enum fob_status status = caller_environment_need_profile(call);

    if (status == FOB_OK)
        status = device_request(call, FOB_REQUEST_UNENROLL, texts);
    if (status == FOB_OK && call->option[CODE] != NULL)
        status = code_input_put(call, CODE);
    return status == FOB_OK ? device_run(call) : status;
}

const struct command command_unenroll = {
    .name = "unenroll",
    .synopsis = "[--device DEVICE] [--code -] [PROFILE]",
    .summary = "delete an MFA device and its seed",
    .examples = "fob unenroll work",
    .calls_aws = true,
    .options = options,
    .operand = COMMAND_PROFILE,
    .run = run_unenroll,
};
