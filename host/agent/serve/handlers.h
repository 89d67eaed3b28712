/* SPDX-License-Identifier: MIT */
/*
 * A function for each request of host/wire/requests.h: serve_status for
 * STATUS, and so on.  Each fills request->reply, or sets request->error and
 * returns its status.
 */
#ifndef FOB_HOST_AGENT_SERVE_HANDLERS_H
#define FOB_HOST_AGENT_SERVE_HANDLERS_H

#include "host/agent/request/request.h"

#define SERVE_PROTOTYPE(number, name, function, is_remote, fields, reply)      \
    FOB_MUST_CHECK enum fob_status serve_##function(                           \
        struct fob_request *request);

FOB_REQUESTS(SERVE_PROTOTYPE)

#endif
