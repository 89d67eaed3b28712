/* SPDX-License-Identifier: MIT */
/* The two ways an agent is reached. */
#ifndef FOB_HOST_AGENT_SERVER_H
#define FOB_HOST_AGENT_SERVER_H

#include "host/agent/request/agent.h"

/* Listen at FOB_PATH_SOCKET and, for what remote.h allows, at
 * FOB_PATH_REMOTE, and serve every connection of this user in a
 * thread of its own, until told to stop or until the socket is gone.  What
 * keeps it from listening is written to `ready_fd`, which is closed once it
 * does.  The process's exit status. */
int server_run_shared(struct fob_agent *agent, int ready_fd);

/* Serve the requests on `fd` until it ends. */
int server_run_private(struct fob_agent *agent, int fd);

#endif
