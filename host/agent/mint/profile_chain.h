/* SPDX-License-Identifier: MIT */
/* The profiles that a role is assumed through, down to the one with the key. */
#ifndef FOB_HOST_AGENT_MINT_PROFILE_CHAIN_H
#define FOB_HOST_AGENT_MINT_PROFILE_CHAIN_H

#include "host/agent/mint/session_plan.h"
#include "host/agent/profile/profile.h"

struct profile_link {
    struct profile profile; /* a view: shares what the first one owns */
    bool has_role;          /* of all but the last */
};

/* The profile that was asked for, its source, the source of that ... */
struct profile_chain {
    struct fob_request *request;
    struct profile_link links[SESSION_PLAN_LINKS_MAX];
    size_t count;
    const char *serial; /* of the device; NULL when no link has one */
};

/* A profile that stands for another - it has a source_profile, no role and no
 * key, or fob as its credential_process - is passed over, but for what it says
 * of the device.  Nothing is asked but for a key, where a role has no
 * source_profile, or a profile with one no role.
 * FOB_E_UNSUPPORTED for a role whose credentials come from elsewhere,
 * FOB_E_SYNTAX for a chain that has no end; the error is set. */
FOB_MUST_CHECK enum fob_status profile_chain_find(struct fob_request *request,
                                                  const struct profile *profile,
                                                  struct profile_chain *chain);

/* FOB_E_UNSUPPORTED, with the error set, when the credentials of `profile` do
 * not come from a long-term key.  That is not asked of the last one before it
 * is known to matter. */
FOB_MUST_CHECK enum fob_status
profile_chain_check_kind(const struct profile_chain *chain,
                         const struct profile *profile);

/* The last one, whose long-term key signs. */
const struct profile *profile_chain_base(const struct profile_chain *chain);

#endif
