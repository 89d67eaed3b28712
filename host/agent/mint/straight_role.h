/* SPDX-License-Identifier: MIT */
/*
 * Roles whose trust policy looks at how old the caller's MFA is
 * (aws:MultiFactorAuthAge) refuse a session that is minutes old, in the words
 * of any other refusal.  Whether a code of the role's own helped is kept beside
 * the sessions, for an hour, so that neither is tried at every call.
 */
#ifndef FOB_HOST_AGENT_MINT_STRAIGHT_ROLE_H
#define FOB_HOST_AGENT_MINT_STRAIGHT_ROLE_H

#include "host/agent/state/session_cache.h"
#include "host/aws/refusal.h"

enum { STRAIGHT_ROLE_OLD_S = 60, STRAIGHT_ROLE_KEPT_S = 60 * 60 };

enum straight_role {
    STRAIGHT_ROLE_UNKNOWN,
    STRAIGHT_ROLE_HELPS,
    STRAIGHT_ROLE_IS_NO_HELP,
};

/* Of the role of `key`, whose access key is not looked at. */
enum straight_role straight_role_find(struct fob_request *request,
                                      const struct session_key *key);
void straight_role_keep(struct fob_request *request,
                        const struct session_key *key, enum straight_role how);

/* Whether a code may turn the refusal that a session met, which was `age_s` old
 * at the time.  Pure. */
bool straight_role_may_help(enum straight_role known, enum fob_refusal refusal,
                            int64_t age_s);

#endif
