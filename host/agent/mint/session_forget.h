/* SPDX-License-Identifier: MIT */
/* The sessions of one profile, and what was remembered of refusals, dropped. */
#ifndef FOB_HOST_AGENT_MINT_SESSION_FORGET_H
#define FOB_HOST_AGENT_MINT_SESSION_FORGET_H

#include "host/agent/profile/profile.h"

/* What the profile would be given from the cache, whoever had it made, and
 * what it had made itself; of a role that is the role's session, and not that
 * of its source.  `profile` may be known by its name alone.  *count: sessions.
 * The error is set. */
FOB_MUST_CHECK enum fob_status session_forget(struct fob_request *request,
                                              const struct profile *profile,
                                              size_t *count);

#endif
