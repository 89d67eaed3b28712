/* SPDX-License-Identifier: MIT */
/* A role as a profile asks for it, and its sessions made from others. */
#ifndef FOB_HOST_AGENT_MINT_ROLE_H
#define FOB_HOST_AGENT_MINT_ROLE_H

#include "host/agent/profile/profile.h"
#include "host/agent/state/session.h"
#include "host/aws/refusal.h"

struct role {
    struct fob_sts_role_params params; /* without serial, code, duration */
    struct fob_sts_tag tags[FOB_STS_TAGS_MAX];
    const char *transitive[FOB_STS_TAGS_MAX];
    struct fob_secret text; /* what the tags point into */
    char session_name[64 + 1];
    char id[FOB_ARN_MAX + 1]; /* all of the above: tells two uses apart */
};

/* From the profile's role_arn, role_session_name (else the name of the device
 * `serial`, often the user's), external_id, source_identity, session_tags
 * ("k=v,k=v") and transitive_session_tags ("k,k").  FOB_E_SYNTAX, with the
 * error set; to be freed on every path. */
FOB_MUST_CHECK enum fob_status role_load(const struct profile *profile,
                                         const char *serial, struct role *role,
                                         struct fob_error *error);
void role_free(struct role *role);

/* AssumeRole signed by `signer`; `serial` is only noted in the session. */
struct role_call {
    const struct profile *profile;
    const struct role *role;
    const struct fob_sigv4_key *signer;
    const struct fob_endpoint *endpoint;
    const char *serial;
    uint32_t duration_s;
    enum fob_refusal *refusal; /* filled in when STS said no */
};
FOB_MUST_CHECK enum fob_status role_assume(struct fob_request *request,
                                           const struct role_call *call,
                                           struct session *session);

#endif
