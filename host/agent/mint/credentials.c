/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/credentials.h"

#include "host/agent/mint/assume_role.h"
#include "host/agent/mint/chain_plan.h"
#include "host/agent/mint/mint.h"
#include "host/agent/mint/no_serial.h"
#include "host/agent/mint/plain_session.h"
#include "host/agent/mint/profile_chain.h"
#include "host/agent/mint/straight_role.h"
#include "host/agent/profile/config_command.h"
#include "host/agent/profile/profile_place.h"
#include "host/agent/state/server_clock.h"

/* A profile's session on its way. */
struct credentials {
    struct fob_request *request;
    const struct credentials_options *options;
    struct profile_chain chain;
    struct session_plan plan;
};

static enum fob_status report_no_serial(const struct credentials *wanted)
{
    return no_serial_report(wanted->request,
                            profile_chain_base(&wanted->chain));
}

/* No device to offer is the choice of whoever keeps the key with fob. */
static enum fob_status get_plain(struct credentials *wanted,
                                 const struct mint_order *order,
                                 struct session *session)
{
    bool is_open;
    enum fob_status status =
        plain_session_get(wanted->request, order, session, &is_open);

    return is_open ? report_no_serial(wanted) : status;
}

/* The base of the chain has the key that signs; the call goes where those of
 * the profile go whose session it makes. */
static enum fob_status mint_step(struct credentials *wanted,
                                 const struct session_plan_step *step,
                                 const struct role *role,
                                 struct session *session)
{
    struct profile signer = *profile_chain_base(&wanted->chain);
    const struct mint_order order = {
        .profile = &signer,
        .name = wanted->chain.links[0].profile.name,
        .serial = wanted->chain.serial,
        .role = role,
        .duration_s = step->duration_s,
        .left_s = step->left_s,
        .may_wait = wanted->options->may_wait,
        .is_fresh = wanted->options->is_fresh,
        .typed = wanted->options->typed,
    };

    profile_place_take(&signer, &wanted->chain.links[step->link].profile);
    return wanted->chain.serial == NULL
               ? get_plain(wanted, &order, session)
               : mint_session(wanted->request, &order, session);
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
                                         const struct session_plan_step *step,
                                         struct session *session)
{
    enum fob_status status = profile_chain_check_kind(
        &wanted->chain, profile_chain_base(&wanted->chain));

    if (status == FOB_OK)
        status = get_printed(wanted, session);
    return status == FOB_E_NOT_FOUND ? mint_step(wanted, step, NULL, session)
                                     : status;
}

static enum fob_status assume_with_code(struct credentials *wanted,
                                        const struct session_plan_step *step,
                                        struct session *session)
{
    const struct profile *profile = &wanted->chain.links[step->link].profile;
    struct role role = {0};
    enum fob_status status;

    status = role_load(profile,
                       wanted->chain.serial == NULL ? "" : wanted->chain.serial,
                       &role, &wanted->request->error);
    if (status == FOB_OK)
        status = mint_step(wanted, step, &role, session);
    role_free(&role);
    return status;
}

/* The role next to the key, as what is known of it goes by. */
struct first_role {
    struct role role;
    struct fob_endpoint endpoint;
    struct session_key key;
};

static enum fob_status load_first_role(struct credentials *wanted,
                                       struct first_role *first)
{
    const struct profile_chain *chain = &wanted->chain;
    const struct profile *profile = &chain->links[chain->count - 2].profile;
    struct fob_error ignored;
    enum fob_status status =
        role_load(profile, chain->serial, &first->role, &ignored);

    if (status == FOB_OK)
        status = profile_endpoint(profile, &first->endpoint, &ignored);
    first->key = (struct session_key){.serial = chain->serial,
                                      .role = first->role.id,
                                      .endpoint = &first->endpoint};
    return status;
}

/* What helped before is tried first. */
static void choose_way(struct credentials *wanted)
{
    struct first_role first = {0};

    if (wanted->chain.count < 2 || wanted->chain.serial == NULL)
        return;
    if (load_first_role(wanted, &first) == FOB_OK &&
        straight_role_find(wanted->request, &first.key) == STRAIGHT_ROLE_HELPS)
        (void)!session_plan_go_straight(&wanted->plan);
    role_free(&first.role);
}

/* Where no code is to be had, the session's refusal stands. */
static void word_failure(struct credentials *wanted,
                         const struct fob_error *refused)
{
    struct fob_error *error = &wanted->request->error;

    if (error->status == FOB_E_SPENT || error->status == FOB_E_NETWORK ||
        error->status == FOB_E_THROTTLED || error->status == FOB_E_AGENT)
        return;
    *error = *refused;
}

/* A role that refused a session of `age_s`, once by a code of its own. */
static enum fob_status try_straight(struct credentials *wanted,
                                    const struct session_plan_step *step,
                                    const struct first_role *first,
                                    struct session *session)
{
    const struct fob_error refused = wanted->request->error;
    enum fob_status status;

    fob_error_clear(&wanted->request->error);
    request_progress(wanted->request,
                     "the role of %s refuses the session: trying a code",
                     wanted->chain.links[step->link].profile.name);
    status = assume_with_code(wanted, step, session);
    if (status == FOB_OK)
        straight_role_keep(wanted->request, &first->key, STRAIGHT_ROLE_HELPS);
    else if (status == FOB_E_REFUSED)
        straight_role_keep(wanted->request, &first->key,
                           STRAIGHT_ROLE_IS_NO_HELP);
    if (status == FOB_OK)
        return FOB_OK;
    word_failure(wanted, &refused);
    return wanted->request->error.status;
}

/* What the role's refusal of a session comes to; `made_s`: when that was made,
 * by a code. */
static enum fob_status take_refusal(struct credentials *wanted,
                                    const struct session_plan_step *step,
                                    enum fob_refusal refusal, int64_t made_s,
                                    struct session *session)
{
    struct first_role first = {0};
    enum fob_status status = wanted->request->error.status;

    if (step->link + 2 == wanted->chain.count && wanted->chain.serial != NULL &&
        load_first_role(wanted, &first) == FOB_OK &&
        straight_role_may_help(straight_role_find(wanted->request, &first.key),
                               refusal,
                               server_clock_now_s(&first.endpoint) - made_s))
        status = try_straight(wanted, step, &first, session);
    role_free(&first.role);
    return status;
}

/* `session` is the one of the step before, and becomes this step's. */
static enum fob_status assume_by_session(struct credentials *wanted,
                                         const struct session_plan_step *step,
                                         struct session *session)
{
    struct session source = *session;
    enum fob_refusal refusal = FOB_REFUSAL_NONE;
    const int64_t made_s = source.created_s;
    const struct assume_role role = {
        .request = wanted->request,
        .profile = &wanted->chain.links[step->link].profile,
        .source = &source,
        .duration_s = step->duration_s,
        .left_s = step->left_s,
        .refusal = &refusal};
    enum fob_status status;

    *session = (struct session){0};
    status = assume_role_get(&role, session);
    session_free(&source);
    return status == FOB_E_REFUSED
               ? take_refusal(wanted, step, refusal, made_s, session)
               : status;
}

static enum fob_status take_step(struct credentials *wanted,
                                 const struct session_plan_step *step,
                                 struct session *session)
{
    switch (step->call) {
    case SESSION_PLAN_GET_SESSION_TOKEN:
        return get_session_token(wanted, step, session);
    case SESSION_PLAN_ASSUME_WITH_CODE:
        return assume_with_code(wanted, step, session);
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
        status = chain_plan_make(&wanted.chain, &options->limits, &wanted.plan);
    if (status == FOB_OK)
        choose_way(&wanted);
    for (size_t i = 0; i < wanted.plan.count && status == FOB_OK; i++)
        status = take_step(&wanted, &wanted.plan.steps[i], session);
    return status;
}
