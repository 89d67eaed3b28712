/* SPDX-License-Identifier: MIT */
/*
 * The container endpoint of `fob exec --server`.
 *
 * A monitor, forked off before anything is asked, fetches the session, starts
 * `fob-net --serve` and goes on feeding it; this process is then free to
 * become the command.  The monitor is nobody's child and holds nothing of the
 * caller's, and ends with the process that started it.
 */
#ifndef FOB_HOST_CLI_ENDPOINT_ENDPOINT_H
#define FOB_HOST_CLI_ENDPOINT_ENDPOINT_H

#include "host/cli/call/sdk_session.h"

/* Start it with a session of call's profile, at the address `listen`, NULL
 * being a free port of 127.0.0.1: call->reply then holds what
 * sdk_session_endpoint_names names.  On a fault the error is set. */
FOB_MUST_CHECK enum fob_status
endpoint_start(struct command_call *call,
               const struct sdk_session_options *options, const char *listen);

#endif
