/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/chain_plan.h"

#include <string.h>

/* A key that stands in the role's own profile has a session of its own, for
 * which that profile has no setting. */
static bool has_own_settings(const struct profile_chain *chain, size_t link)
{
    return link == 0 || strcmp(chain->links[link].profile.name,
                               chain->links[link - 1].profile.name) != 0;
}

/* A duration that the caller gives is in place of the profile's. */
static enum fob_status
read_durations(const struct profile_chain *chain,
               const struct session_plan_limits *limits,
               struct session_plan_link links[static SESSION_PLAN_LINKS_MAX])
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < chain->count && status == FOB_OK; i++) {
        links[i] =
            (struct session_plan_link){.has_role = chain->links[i].has_role};
        if (has_own_settings(chain, i) && (i > 0 || limits->duration_s == 0))
            status = fob_profile_duration(&chain->links[i].profile.found,
                                          &links[i].duration_s,
                                          &chain->request->error);
    }
    return status;
}

static enum fob_status
report_short_life(const struct profile_chain *chain,
                  const struct session_plan_limits *limits,
                  const struct session_plan *plan)
{
    return fob_error_set(&chain->request->error, FOB_E_USAGE,
                         "a session of %u s for %s cannot have %u s to live "
                         "at every call",
                         (unsigned)plan->steps[plan->count - 1].duration_s,
                         chain->links[0].profile.name,
                         (unsigned)limits->left_s);
}

enum fob_status chain_plan_make(const struct profile_chain *chain,
                                const struct session_plan_limits *limits,
                                struct session_plan *plan)
{
    struct session_plan_link links[SESSION_PLAN_LINKS_MAX];
    enum fob_status status = read_durations(chain, limits, links);

    if (status != FOB_OK)
        return status;
    status = session_plan_make(links, chain->count, limits, plan);
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].is_capped)
            request_note(chain->request,
                         "a role assumed from a role lasts one hour at most: "
                         "%s",
                         chain->links[plan->steps[i].link].profile.name);
    return status == FOB_OK ? FOB_OK : report_short_life(chain, limits, plan);
}
