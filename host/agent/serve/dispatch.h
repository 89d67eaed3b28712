/* SPDX-License-Identifier: MIT */
/* From a connection to the function that serves its request. */
#ifndef FOB_HOST_AGENT_SERVE_DISPATCH_H
#define FOB_HOST_AGENT_SERVE_DISPATCH_H

#include "host/agent/request/agent.h"

/* Receive, serve and answer one request.  false when the peer hung up or
 * broke the protocol. */
bool dispatch_request(struct fob_agent *agent, int fd, bool is_remote);

#endif
