/* SPDX-License-Identifier: MIT */
/* The process that keeps an endpoint supplied. */
#ifndef FOB_HOST_CLI_ENDPOINT_ENDPOINT_MONITOR_H
#define FOB_HOST_CLI_ENDPOINT_ENDPOINT_MONITOR_H

#include "host/cli/call/sdk_session.h"

struct endpoint_watch {
    int life;           /* readable once the command has ended */
    int report;         /* gets one message: what to set, or the error */
    const char *listen; /* as endpoint_address.h reads it */
};

/* To be called in a process of its own: fetch, report, detach from the caller,
 * renew until the command has ended. */
_Noreturn void endpoint_monitor_run(struct command_call *call,
                                    const struct sdk_session_options *options,
                                    const struct endpoint_watch *watch);

#endif
