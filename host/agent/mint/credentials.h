/* SPDX-License-Identifier: MIT */
/* A profile's session, from its long-term key by as few calls as it takes. */
#ifndef FOB_HOST_AGENT_MINT_CREDENTIALS_H
#define FOB_HOST_AGENT_MINT_CREDENTIALS_H

#include "host/agent/codes/typed_code.h"
#include "host/agent/mint/session_plan.h"
#include "host/agent/profile/profile.h"
#include "host/agent/state/session.h"

struct credentials_options {
    struct session_plan_limits limits;
    bool may_wait;            /* for an unused code, else FOB_E_SPENT at once */
    struct typed_code *typed; /* as in mint_order.h */
    bool is_fresh; /* of a code that is spent for it: no older session */
};

/* A session for `profile` into the empty `session`, by the calls that
 * session_plan.h says; the error is set. */
FOB_MUST_CHECK enum fob_status
credentials_get(struct fob_request *request, const struct profile *profile,
                const struct credentials_options *options,
                struct session *session);

#endif
