/* SPDX-License-Identifier: MIT */
/* Keys that commands of profiles printed, and sessions of an agent without a
 * vault: in the agent's memory, never on disk,
 * and forgotten when the vault is locked. */
#ifndef FOB_HOST_AGENT_STATE_PRINTED_KEYS_H
#define FOB_HOST_AGENT_STATE_PRINTED_KEYS_H

#include "host/agent/request/agent.h"
#include "host/agent/state/session.h"

/* The key of that name into the empty `key`, which is left empty otherwise.
 * FOB_E_NOT_FOUND, FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status printed_keys_get(struct fob_agent *agent,
                                                const char *name,
                                                struct session *key);

/* Keep a copy in the place of the oldest; what is not kept is asked for
 * again. */
void printed_keys_put(struct fob_agent *agent, const char *name,
                      const struct session *key);

#endif
