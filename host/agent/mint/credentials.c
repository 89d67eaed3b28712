/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/credentials.h"

#include "host/agent/mint/assume_role.h"
#include "host/agent/mint/mint.h"
#include "host/agent/profile/config_command.h"
#include "host/base/text.h"

#include <string.h>

enum { SOURCES_MAX = SESSION_PLAN_LINKS_MAX - 1 };

/* One link of a chain of profiles. */
struct link {
    struct profile profile; /* a view: shares what the first one owns */
    bool has_role;          /* that counts; see find_source */
};

/* The profile that was asked for, its source, the source of that ... */
struct chain {
    struct fob_request *request;
    const struct credentials_options *options;
    struct link links[SESSION_PLAN_LINKS_MAX];
    size_t count;
    const char *serial; /* of the device, or NULL when no link has one */
    struct session_plan plan;
};

static const char *get_setting(const struct profile *profile, const char *key)
{
    const char *value = fob_profile_get(&profile->found, key);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

static struct link *last_link(struct chain *chain)
{
    return &chain->links[chain->count - 1];
}

static enum fob_status report_no_serial(const struct chain *chain,
                                        const struct profile *profile)
{
    struct fob_error *error = &chain->request->error;

    fob_error_set(error, FOB_E_NOT_FOUND, "profile %s has no mfa_serial",
                  profile->name);
    fob_error_hint(error, "fob enroll --profile %s", profile->name);
    return error->status;
}

/* What fob cannot do for a profile is said before anything is asked. */
static enum fob_status check_kind(const struct chain *chain,
                                  const struct profile *profile)
{
    static const char *const foreign[] = {"credential_source", "sso_session",
                                          "sso_start_url",
                                          "web_identity_token_file"};

    for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
        if (get_setting(profile, foreign[i]) != NULL)
            return fob_error_set(&chain->request->error, FOB_E_UNSUPPORTED,
                                 "profile %s has %s: its credentials do not "
                                 "come from a long-term key",
                                 profile->name, foreign[i]);
    return FOB_OK;
}

/* Whether the profile has a long-term key. */
static enum fob_status check_own_key(const struct chain *chain,
                                     const struct profile *profile)
{
    struct fob_error *error = &chain->request->error;
    struct profile_key key;
    enum fob_status status = FOB_OK;

    if (!profile_key_hint(chain->request, profile, &key))
        status = profile_key_find(chain->request, profile, &key);
    profile_key_free(&key);
    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_set(error, FOB_E_SYNTAX,
                  "profile %s has a role_arn, but no source_profile and no key "
                  "of its own",
                  profile->name);
    fob_error_hint(error, "set source_profile in %s",
                   profile->all.paths.config);
    return FOB_E_SYNTAX;
}

/* The profile that a role is assumed from.  One that names itself, or names
 * none and has a key, is meant without its role. */
static enum fob_status find_source(struct chain *chain, const struct link *link,
                                   struct link *source)
{
    struct profile *profile = &source->profile;
    struct fob_error *error = &chain->request->error;
    enum fob_status status;

    *source = (struct link){.profile = link->profile};
    if (get_setting(&link->profile, "source_profile") == NULL)
        return check_own_key(chain, &link->profile);
    status =
        fob_profile_get_source(&link->profile.found, &profile->found, error);
    if (status == FOB_OK)
        status = fob_text_copy(profile->name, sizeof(profile->name),
                               profile->found.name);
    source->has_role = get_setting(profile, "role_arn") != NULL &&
                       strcmp(link->profile.name, profile->name) != 0;
    return status;
}

static enum fob_status add_source(struct chain *chain)
{
    const struct link *link = last_link(chain);
    enum fob_status status;

    if (chain->count == SESSION_PLAN_LINKS_MAX)
        return fob_error_set(&chain->request->error, FOB_E_SYNTAX,
                             "the source profiles of %s lead in a circle, or "
                             "are more than %d",
                             link->profile.name, SOURCES_MAX);
    status = find_source(chain, link, &chain->links[chain->count]);
    if (status == FOB_OK) {
        chain->count++;
        if (chain->serial == NULL)
            chain->serial =
                get_setting(&last_link(chain)->profile, "mfa_serial");
    }
    return status;
}

static enum fob_status find_links(struct chain *chain)
{
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && last_link(chain)->has_role) {
        status = check_kind(chain, &last_link(chain)->profile);
        if (status == FOB_OK)
            status = add_source(chain);
    }
    return status;
}

/* A duration that the caller gives is in place of the profile's. */
static enum fob_status
read_durations(const struct chain *chain,
               struct session_plan_link links[static SESSION_PLAN_LINKS_MAX])
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < chain->count && status == FOB_OK; i++) {
        links[i] =
            (struct session_plan_link){.has_role = chain->links[i].has_role};
        if (links[i].has_role &&
            (i > 0 || chain->options->limits.duration_s == 0))
            status = fob_profile_duration(&chain->links[i].profile.found,
                                          &links[i].duration_s,
                                          &chain->request->error);
    }
    return status;
}

static enum fob_status report_short_life(const struct chain *chain)
{
    const struct session_plan *plan = &chain->plan;

    return fob_error_set(&chain->request->error, FOB_E_USAGE,
                         "a session of %u s for %s cannot have %u s to live",
                         (unsigned)plan->steps[plan->count - 1].duration_s,
                         chain->links[0].profile.name,
                         (unsigned)chain->options->limits.left_s);
}

static enum fob_status make_plan(struct chain *chain)
{
    struct session_plan_link links[SESSION_PLAN_LINKS_MAX];
    struct session_plan *plan = &chain->plan;
    enum fob_status status = read_durations(chain, links);

    if (status != FOB_OK)
        return status;
    status =
        session_plan_make(links, chain->count, &chain->options->limits, plan);
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].is_capped)
            request_note(chain->request,
                         "a role assumed from a role lasts one hour at most: "
                         "%s",
                         chain->links[plan->steps[i].link].profile.name);
    return status == FOB_OK ? FOB_OK : report_short_life(chain);
}

/* The base of the chain has the key that signs. */
static enum fob_status mint_step(struct chain *chain, const struct role *role,
                                 struct session *session)
{
    const struct mint_order order = {
        .profile = &last_link(chain)->profile,
        .name = chain->links[0].profile.name,
        .serial = chain->serial,
        .role = role,
        .duration_s = chain->plan.steps[0].duration_s,
        .left_s = session_plan_left_s(&chain->options->limits),
        .may_wait = chain->options->may_wait,
    };

    if (chain->serial == NULL)
        return report_no_serial(chain, &last_link(chain)->profile);
    return mint_session(chain->request, &order, session);
}

/* A temporary key that a credential_process prints is a session already;
 * FOB_E_NOT_FOUND, with no error set, when there is none. */
static enum fob_status get_printed(struct chain *chain, struct session *session)
{
    const struct profile *profile = &last_link(chain)->profile;
    enum fob_status status =
        config_command_key(chain->request, profile, session);

    if (status != FOB_OK)
        return status;
    if (!session_is_temporary(session)) {
        session_free(session);
        return FOB_E_NOT_FOUND;
    }
    session_set_serial(session, chain->serial);
    return FOB_OK;
}

static enum fob_status get_session_token(struct chain *chain,
                                         struct session *session)
{
    enum fob_status status = check_kind(chain, &last_link(chain)->profile);

    if (status == FOB_OK)
        status = get_printed(chain, session);
    return status == FOB_E_NOT_FOUND ? mint_step(chain, NULL, session) : status;
}

static enum fob_status assume_with_code(struct chain *chain,
                                        const struct profile *profile,
                                        struct session *session)
{
    struct role role = {0};
    enum fob_status status;

    if (chain->serial == NULL)
        return report_no_serial(chain, &last_link(chain)->profile);
    status = role_load(profile, chain->serial, &role, &chain->request->error);
    if (status == FOB_OK)
        status = mint_step(chain, &role, session);
    role_free(&role);
    return status;
}

/* `session` is the one of the step before, and becomes this step's. */
static enum fob_status assume_by_session(struct chain *chain,
                                         const struct session_plan_step *step,
                                         struct session *session)
{
    struct session source = *session;
    const struct assume_role wanted = {
        .request = chain->request,
        .profile = &chain->links[step->link].profile,
        .source = &source,
        .duration_s = step->duration_s,
        .left_s = session_plan_left_s(&chain->options->limits)};
    enum fob_status status;

    *session = (struct session){0};
    status = assume_role_get(&wanted, session);
    session_free(&source);
    return status;
}

static enum fob_status take_step(struct chain *chain,
                                 const struct session_plan_step *step,
                                 struct session *session)
{
    switch (step->call) {
    case SESSION_PLAN_GET_SESSION_TOKEN:
        return get_session_token(chain, session);
    case SESSION_PLAN_ASSUME_WITH_CODE:
        return assume_with_code(chain, &chain->links[step->link].profile,
                                session);
    default:
        return assume_by_session(chain, step, session);
    }
}

enum fob_status credentials_get(struct fob_request *request,
                                const struct profile *profile,
                                const struct credentials_options *options,
                                struct session *session)
{
    struct chain chain = {
        .request = request,
        .options = options,
        .links = {{.profile = *profile,
                   .has_role = get_setting(profile, "role_arn") != NULL}},
        .count = 1,
        .serial = get_setting(profile, "mfa_serial"),
    };
    enum fob_status status =
        config_command_refuse_nested(profile, &request->error);

    if (status == FOB_OK)
        status = find_links(&chain);
    if (status == FOB_OK)
        status = make_plan(&chain);
    for (size_t i = 0; i < chain.plan.count && status == FOB_OK; i++)
        status = take_step(&chain, &chain.plan.steps[i], session);
    return status;
}
