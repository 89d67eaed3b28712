/* SPDX-License-Identifier: MIT */
/* What is asked of AWS about one user and one role. */
#ifndef FOB_HOST_AGENT_DOCTOR_DOCTOR_ONLINE_H
#define FOB_HOST_AGENT_DOCTOR_DOCTOR_ONLINE_H

#include "host/agent/doctor/doctor.h"
#include "host/agent/mint/profile_chain.h"
#include "host/agent/state/session.h"

struct doctor_online_user {
    struct doctor *doctor;
    const struct profile_chain *chain;
    const struct fob_endpoint *sts;
    const struct profile_key *key; /* which AWS knows */
};

/* Its key's last use, and its device: doctor_online_user.c. */
void doctor_online_look_at_user(const struct doctor_online_user *user);

/* The chain's role, if it has one: doctor_online_role.c. */
void doctor_online_look_at_role(const struct doctor_online_user *user);

/* The session of the chain's user that is there, into the empty `session`:
 * doctor_online_user.c. */
bool doctor_online_has_session(const struct doctor_online_user *user,
                               struct session *session);

#endif
