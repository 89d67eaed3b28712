/* SPDX-License-Identifier: MIT */
/* The plan of a chain of profiles, from what these say of lengths. */
#ifndef FOB_HOST_AGENT_MINT_CHAIN_PLAN_H
#define FOB_HOST_AGENT_MINT_CHAIN_PLAN_H

#include "host/agent/mint/profile_chain.h"

/* FOB_E_USAGE when no session can have the life that is wanted, FOB_E_SYNTAX
 * for a duration_seconds that is none; the error is set.  A role that gets less
 * than was wanted is noted. */
FOB_MUST_CHECK enum fob_status
chain_plan_make(const struct profile_chain *chain,
                const struct session_plan_limits *limits,
                struct session_plan *plan);

#endif
