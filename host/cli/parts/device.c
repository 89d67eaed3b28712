/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/device.h"

#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/cli/parts/device_told.h"

#include <string.h>

enum fob_status device_request(struct command_call *call,
                               enum fob_message_type type,
                               const struct device_text *texts)
{
    fob_message_start(&call->request, type);
    (void)caller_environment_put_profile(call);
    for (; texts->option >= 0; texts++)
        if (call->option[texts->option] != NULL)
            fob_message_put_text(&call->request, texts->tag,
                                 call->option[texts->option]);
    return caller_environment_put(call);
}

/* `--on token` is the one that FOB_TOKEN names, `--on SERIAL` another. */
void device_put_token(struct command_call *call, int on)
{
    const char *serial = call->option[on];

    if (serial != NULL)
        fob_message_put_text(&call->request, FOB_TAG_TOKEN,
                             strcmp(serial, "token") == 0 ? "" : serial);
}

enum fob_status device_run(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"serial", NULL, FOB_TAG_SERIAL, LISTING_TEXT},
        {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
        {"profile", NULL, FOB_TAG_PROFILE, LISTING_TEXT},
        {"user", NULL, FOB_TAG_USER, LISTING_TEXT},
        {0},
    };
    struct device_told told;
    enum fob_status status;

    device_told_begin(&told);
    status = agent_call_run(call);
    device_told_end(&told, call,
                    status == FOB_OK &&
                        call->request.type == FOB_REQUEST_ENROLL);
    if (status != FOB_OK)
        return status;
    if (call->ui.is_json) {
        listing_put_one(call, members);
        return FOB_OK;
    }
    status = command_put_field(call, FOB_TAG_SERIAL, "serial");
    output_put_char(&call->output, '\n');
    return status;
}
