/* SPDX-License-Identifier: MIT */
/* Which calls a profile needs, from its long-term key to its session. */
#ifndef FOB_HOST_AGENT_MINT_CREDENTIALS_H
#define FOB_HOST_AGENT_MINT_CREDENTIALS_H

#include "host/agent/profile/profile.h"

enum {
    /* SDKs run credential_process anew for every call once less is left. */
    CREDENTIALS_LEFT_S_MIN = 15 * 60,
    /* A session with less than this to live is renewed ahead of need. */
    CREDENTIALS_RENEW_S = 20 * 60,
    CREDENTIALS_SESSION_S = 12 * 60 * 60,
    CREDENTIALS_ROLE_S = 60 * 60,
    /* A new session has so much more than must be left, or it would be of no
     * use to the next caller, and a code spent for each. */
    CREDENTIALS_SHARED_S = 60,
};

struct credentials_options {
    uint32_t duration_s; /* of a new session; 0: the profile's, or default */
    uint32_t left_s;     /* life a cached one must have; 0: the least */
    bool may_wait;       /* for an unused code, else FOB_E_SPENT at once */
};

/* A session for `profile` (host/agent/state/session_cache.h) into the empty
 * `session`:
 *
 * - no role: GetSessionToken with a code;
 * - a role for over an hour: AssumeRole with a code, straight from the
 *   long-term key, since sessions made from sessions end after an hour;
 * - another role: AssumeRole from the session of its source_profile, which
 *   roles thus share.
 *
 * Faults are worded. */
FOB_MUST_CHECK enum fob_status
credentials_get(struct fob_request *request, const struct profile *profile,
                const struct credentials_options *options,
                struct fob_message *session);

#endif
