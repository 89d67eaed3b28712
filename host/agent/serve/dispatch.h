/* SPDX-License-Identifier: MIT */
/* From a connection to the function that serves its request. */
#ifndef FOB_HOST_AGENT_SERVE_DISPATCH_H
#define FOB_HOST_AGENT_SERVE_DISPATCH_H

#include "host/agent/request/request.h"

/* One connection, as whoever keeps it knows it. */
struct dispatch_peer {
    int fd;
    bool is_remote;   /* it came by a socket that is made to be forwarded ... */
    uint64_t forward; /* ... which is this one */
    bool is_private;  /* it is the agent's only one: there is no hurry */
    /* Begun once it is known what is wanted, before anything is kept of it, and
     * ended when that is done; NULL: none is needed. */
    struct request_turn *turn;
};

/* Receive, serve and answer one request.  false when the peer hung up, broke
 * the protocol or took too long. */
bool dispatch_request(struct fob_agent *agent, struct dispatch_peer *peer);

#endif
