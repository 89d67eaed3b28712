/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/credentials.h"

#include "host/agent/mint/assume_role.h"
#include "host/agent/mint/mint.h"
#include "host/agent/mint/profile_chain.h"
#include "host/agent/profile/config_command.h"

/* A profile's session on its way. */
struct credentials {
    struct fob_request *request;
    const struct credentials_options *options;
    struct profile_chain chain;
    struct session_plan plan;
};

static enum fob_status report_no_serial(const struct credentials *wanted)
{
    const struct profile *profile = profile_chain_base(&wanted->chain);
    struct fob_error *error = &wanted->request->error;

    fob_error_set(error, FOB_E_NOT_FOUND, "profile %s has no mfa_serial",
                  profile->name);
    fob_error_hint(error, "fob enroll --profile %s", profile->name);
    return error->status;
}

/* A duration that the caller gives is in place of the profile's. */
static enum fob_status
read_durations(const struct credentials *wanted,
               struct session_plan_link links[static SESSION_PLAN_LINKS_MAX])
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < wanted->chain.count && status == FOB_OK; i++) {
        links[i] = (struct session_plan_link){
            .has_role = wanted->chain.links[i].has_role};
        if (links[i].has_role &&
            (i > 0 || wanted->options->limits.duration_s == 0))
            status = fob_profile_duration(&wanted->chain.links[i].profile.found,
                                          &links[i].duration_s,
                                          &wanted->request->error);
    }
    return status;
}

static enum fob_status report_short_life(const struct credentials *wanted)
{
    const struct session_plan *plan = &wanted->plan;

    return fob_error_set(&wanted->request->error, FOB_E_USAGE,
                         "a session of %u s for %s cannot have %u s to live",
                         (unsigned)plan->steps[plan->count - 1].duration_s,
                         wanted->chain.links[0].profile.name,
                         (unsigned)wanted->options->limits.left_s);
}

static enum fob_status make_plan(struct credentials *wanted)
{
    struct session_plan_link links[SESSION_PLAN_LINKS_MAX];
    struct session_plan *plan = &wanted->plan;
    enum fob_status status = read_durations(wanted, links);

    if (status != FOB_OK)
        return status;
    status = session_plan_make(links, wanted->chain.count,
                               &wanted->options->limits, plan);
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].is_capped)
            request_note(wanted->request,
                         "a role assumed from a role lasts one hour at most: "
                         "%s",
                         wanted->chain.links[plan->steps[i].link].profile.name);
    return status == FOB_OK ? FOB_OK : report_short_life(wanted);
}

/* The base of the chain has the key that signs. */
static enum fob_status mint_step(struct credentials *wanted,
                                 const struct role *role,
                                 struct session *session)
{
    const struct mint_order order = {
        .profile = profile_chain_base(&wanted->chain),
        .name = wanted->chain.links[0].profile.name,
        .serial = wanted->chain.serial,
        .role = role,
        .duration_s = wanted->plan.steps[0].duration_s,
        .left_s = session_plan_left_s(&wanted->options->limits),
        .may_wait = wanted->options->may_wait,
    };

    if (wanted->chain.serial == NULL)
        return report_no_serial(wanted);
    return mint_session(wanted->request, &order, session);
}

/* A temporary key that a credential_process prints is a session already;
 * FOB_E_NOT_FOUND, with no error set, when there is none. */
static enum fob_status get_printed(struct credentials *wanted,
                                   struct session *session)
{
    const struct profile *profile = profile_chain_base(&wanted->chain);
    enum fob_status status =
        config_command_key(wanted->request, profile, session);

    if (status != FOB_OK)
        return status;
    if (!session_is_temporary(session)) {
        session_free(session);
        return FOB_E_NOT_FOUND;
    }
    session_set_serial(session, wanted->chain.serial);
    return FOB_OK;
}

static enum fob_status get_session_token(struct credentials *wanted,
                                         struct session *session)
{
    enum fob_status status = profile_chain_check_kind(
        &wanted->chain, profile_chain_base(&wanted->chain));

    if (status == FOB_OK)
        status = get_printed(wanted, session);
    return status == FOB_E_NOT_FOUND ? mint_step(wanted, NULL, session)
                                     : status;
}

static enum fob_status assume_with_code(struct credentials *wanted,
                                        const struct profile *profile,
                                        struct session *session)
{
    struct role role = {0};
    enum fob_status status;

    if (wanted->chain.serial == NULL)
        return report_no_serial(wanted);
    status = role_load(profile, wanted->chain.serial, &role,
                       &wanted->request->error);
    if (status == FOB_OK)
        status = mint_step(wanted, &role, session);
    role_free(&role);
    return status;
}

/* `session` is the one of the step before, and becomes this step's. */
static enum fob_status assume_by_session(struct credentials *wanted,
                                         const struct session_plan_step *step,
                                         struct session *session)
{
    struct session source = *session;
    const struct assume_role role = {
        .request = wanted->request,
        .profile = &wanted->chain.links[step->link].profile,
        .source = &source,
        .duration_s = step->duration_s,
        .left_s = session_plan_left_s(&wanted->options->limits)};
    enum fob_status status;

    *session = (struct session){0};
    status = assume_role_get(&role, session);
    session_free(&source);
    return status;
}

static enum fob_status take_step(struct credentials *wanted,
                                 const struct session_plan_step *step,
                                 struct session *session)
{
    switch (step->call) {
    case SESSION_PLAN_GET_SESSION_TOKEN:
        return get_session_token(wanted, session);
    case SESSION_PLAN_ASSUME_WITH_CODE:
        return assume_with_code(
            wanted, &wanted->chain.links[step->link].profile, session);
    default:
        return assume_by_session(wanted, step, session);
    }
}

enum fob_status credentials_get(struct fob_request *request,
                                const struct profile *profile,
                                const struct credentials_options *options,
                                struct session *session)
{
    struct credentials wanted = {.request = request, .options = options};
    enum fob_status status =
        config_command_refuse_nested(profile, &request->error);

    if (status == FOB_OK)
        status = profile_chain_find(request, profile, &wanted.chain);
    if (status == FOB_OK)
        status = make_plan(&wanted);
    for (size_t i = 0; i < wanted.plan.count && status == FOB_OK; i++)
        status = take_step(&wanted, &wanted.plan.steps[i], session);
    return status;
}
