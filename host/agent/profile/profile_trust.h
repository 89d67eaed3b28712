/* SPDX-License-Identifier: MIT */
/* What vouches for a server that a profile calls: two callers share what a
 * server said only when the same did. */
#ifndef FOB_HOST_AGENT_PROFILE_PROFILE_TRUST_H
#define FOB_HOST_AGENT_PROFILE_PROFILE_TRUST_H

#include "host/agent/request/agent.h"
#include "host/aws/call.h"

/* A name for the proxy and the CA bundle, by its path and what it holds now:
 * hex of a SHA-256, or "" without either.  Of a bundle that cannot be read, or
 * is longer than a bundle is, only the path counts.  The agent remembers what
 * it read of a bundle while that stays as it is. */
void profile_trust_describe(struct fob_agent *agent,
                            const struct fob_call_network *network,
                            char trust[static FOB_ENDPOINT_TRUST_MAX + 1]);

#endif
