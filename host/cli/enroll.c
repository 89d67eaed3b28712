/* SPDX-License-Identifier: MIT */
#include "host/cli/call/code_input.h"
#include "host/cli/parts/device.h"

enum { DEVICE, USER, NAME, ACCOUNT, ADD, FORCE, ON, REPLACE_PHONE, CODE };

static const struct command_option options[] = {
    [DEVICE] = {"device", "DEVICE",
                "what to call it; the user's name if not given"},
    [USER] = {"user", "USER", "enroll a device for this user, not the key's"},
    [NAME] = {"name", "NAME", "what to call the account in the vault"},
    [ACCOUNT] = {"account", "NAME",
                 "the device is one of the console, with this account's seed"},
    [ADD] = {"add", NULL, "a device besides the one the profile has"},
    [FORCE] = {"force", NULL, "delete a left-over device of that name first"},
    [ON] = {"on", "token", "keep the seed on a token, nowhere else"},
    [REPLACE_PHONE] = {"replace-phone", NULL,
                       "in the place of a phone's device or a hardware token"},
    [CODE] = {"code", "-", "the phone's six digits, from stdin"},
    {0},
};

static enum fob_status run_enroll(struct command_call *call)
{
    static const struct device_text texts[] = {
        {DEVICE, FOB_TAG_DEVICE},
        {USER, FOB_TAG_USER},
        {NAME, FOB_TAG_NAME},
        {ACCOUNT, FOB_TAG_ACCOUNT},
        {-1, 0},
    };
    enum fob_status status = device_request(call, FOB_REQUEST_ENROLL, texts);

    if (status != FOB_OK)
        return status;
    device_put_token(call, ON);
    if (call->option[ADD] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_ADD, 1);
    if (call->option[FORCE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    if (call->option[REPLACE_PHONE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_REPLACE_PHONE, 1);
    if (call->option[CODE] != NULL)
        status = code_input_put(call, CODE);
    return status == FOB_OK ? device_run(call) : status;
}

const struct command command_enroll = {
    .name = "enroll",
    .synopsis = "[--device DEVICE] [--user USER] [--name NAME] "
                "[--account NAME] [--add] [--force] [--on token] "
                "[--replace-phone [--code -]] [PROFILE]",
    .summary = "make an MFA device at AWS and keep its seed",
    .examples = "fob enroll work\n"
                "fob enroll --on token work",
    .calls_aws = true,
    .options = options,
    .operand = COMMAND_PROFILE,
    .run = run_enroll,
};
