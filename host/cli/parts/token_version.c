/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/token_version.h"

#include "host/base/monotonic.h"
#include "host/cli/call/agent_call.h"

#include <time.h>

enum { TIMEOUT_MS = 5000, LOOK_MS = 200 };

/* What else there is to say of it, `fob token info` says. */
static enum fob_status ask_once(struct command_call *call, const char *serial)
{
    bool was_quiet = call->ui.is_quiet;
    enum fob_status status;

    fob_error_clear(&call->error);
    fob_message_start(&call->request, FOB_REQUEST_TOKEN_INFO);
    fob_message_put_text(&call->request, FOB_TAG_TOKEN, serial);
    call->ui.is_quiet = true;
    status = agent_call_run(call);
    call->ui.is_quiet = was_quiet;
    return status;
}

/* FOB_E_TOKEN_ABSENT is also what one is that may not be opened. */
static enum fob_status ask_until(struct command_call *call, const char *serial,
                                 int64_t end_ms)
{
    const struct timespec pause = {.tv_nsec = LOOK_MS * 1000000L};
    enum fob_status status = ask_once(call, serial);

    while (status == FOB_E_TOKEN_ABSENT && fob_monotonic_ms() < end_ms) {
        nanosleep(&pause, NULL);
        status = ask_once(call, serial);
    }
    return status;
}

enum fob_status token_version_ask(struct command_call *call, const char *serial,
                                  char version[static TOKEN_VERSION_MAX + 1])
{
    enum fob_status status =
        ask_until(call, serial, fob_monotonic_ms() + TIMEOUT_MS);

    version[0] = '\0';
    if (status == FOB_OK &&
        fob_message_text(&call->reply, FOB_TAG_VERSION, version,
                         TOKEN_VERSION_MAX + 1) != FOB_OK)
        status = fob_error_set(&call->error, FOB_E_UNSUPPORTED,
                               "it tells no version");
    return status;
}
