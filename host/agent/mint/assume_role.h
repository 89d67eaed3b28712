/* SPDX-License-Identifier: MIT */
/* The session of a role, made from another session. */
#ifndef FOB_HOST_AGENT_MINT_ASSUME_ROLE_H
#define FOB_HOST_AGENT_MINT_ASSUME_ROLE_H

#include "host/agent/profile/profile.h"
#include "host/agent/state/session.h"
#include "host/aws/refusal.h"

struct assume_role {
    struct fob_request *request;
    const struct profile *profile; /* that has the role */
    const struct session *source;  /* signs */
    uint32_t duration_s;
    int64_t left_s;            /* life that a cached one must have */
    enum fob_refusal *refusal; /* filled in when STS said no */
};

/* From the cache, else by one AssumeRole, whoever else asks for the same
 * meanwhile, into the empty `session`; the error is set. */
FOB_MUST_CHECK enum fob_status assume_role_get(const struct assume_role *wanted,
                                               struct session *session);

#endif
