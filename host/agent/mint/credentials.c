/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/credentials.h"

#include "host/agent/mint/assume_role.h"
#include "host/agent/mint/mint.h"
#include "host/agent/profile/config_command.h"
#include "host/base/text.h"
#include "host/vault/accounts.h"

#include <string.h>

enum { CHAIN_MAX = 5 };

/* One link of a chain of profiles. */
struct link {
    struct fob_request *request;
    const char *wanted;     /* the profile that was asked for */
    struct profile profile; /* a view: shares what the first one owns */
    const char *serial;     /* of the device, or NULL when no link has one */
    const struct credentials_options *options;
    int depth;      /* 0 for the profile that was asked for */
    bool skip_role; /* it names itself as its source: its key is meant */
};

static enum fob_status get(const struct link *link,
                           struct fob_message *session);

static uint32_t left_wanted(const struct credentials_options *options)
{
    return options->left_s > CREDENTIALS_LEFT_S_MIN ? options->left_s
                                                    : CREDENTIALS_LEFT_S_MIN;
}

static const char *setting(const struct profile *profile, const char *key)
{
    const char *value = fob_profile_get(&profile->found, key);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

static enum fob_status no_serial(const struct link *link)
{
    struct fob_error *error = &link->request->error;

    fob_error_set(error, FOB_E_NOT_FOUND, "profile %s has no mfa_serial",
                  link->profile.name);
    fob_error_hint(error, "fob enroll --profile %s", link->profile.name);
    return error->status;
}

/* What fob cannot do for a profile is said before anything is asked. */
static enum fob_status check_kind(const struct link *link)
{
    static const char *const foreign[] = {"credential_source", "sso_session",
                                          "sso_start_url",
                                          "web_identity_token_file"};

    for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
        if (setting(&link->profile, foreign[i]) != NULL)
            return fob_error_set(&link->request->error, FOB_E_UNSUPPORTED,
                                 "profile %s has %s: its credentials do not "
                                 "come from a long-term key",
                                 link->profile.name, foreign[i]);
    if (link->depth > CHAIN_MAX)
        return fob_error_set(&link->request->error, FOB_E_SYNTAX,
                             "the source profiles of %s lead in a circle, or "
                             "are more than %d",
                             link->profile.name, CHAIN_MAX);
    return FOB_OK;
}

/* Whether the profile has a long-term key. */
static enum fob_status check_own_key(const struct link *link)
{
    struct fob_error *error = &link->request->error;
    struct profile_key key;
    enum fob_status status = FOB_OK;

    if (!profile_key_hint(link->request, &link->profile, &key))
        status = profile_key_find(link->request, &link->profile, &key);
    profile_key_free(&key);
    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_set(error, FOB_E_SYNTAX,
                  "profile %s has a role_arn, but no source_profile and no key "
                  "of its own",
                  link->profile.name);
    fob_error_hint(error, "set source_profile in %s",
                   link->profile.all.paths.config);
    return FOB_E_SYNTAX;
}

/* The profile that a role is assumed from.  One that names itself, or names
 * none and has a key, is meant without its role. */
static enum fob_status find_source(const struct link *link, struct link *source)
{
    struct profile *profile = &source->profile;
    struct fob_error *error = &link->request->error;
    enum fob_status status;

    *source = *link;
    source->depth++;
    if (setting(&link->profile, "source_profile") == NULL)
        return check_own_key(link);
    status =
        fob_profile_get_source(&link->profile.found, &profile->found, error);
    if (status == FOB_OK)
        status = fob_text_format(profile->name, sizeof(profile->name), "%s",
                                 profile->found.name);
    if (source->serial == NULL)
        source->serial = setting(profile, "mfa_serial");
    return status;
}

static bool has_role(const struct link *link, const struct link *source)
{
    return setting(&source->profile, "role_arn") != NULL &&
           strcmp(link->profile.name, source->profile.name) != 0;
}

static enum fob_status role_duration(const struct link *link, bool is_chained,
                                     uint32_t *duration_s)
{
    enum fob_status status = FOB_OK;

    *duration_s = link->options->duration_s;
    if (*duration_s == 0 || link->depth > 0)
        status = fob_profile_duration(&link->profile.found, duration_s,
                                      &link->request->error);
    if (*duration_s == 0)
        *duration_s = CREDENTIALS_ROLE_S;
    if (*duration_s < CREDENTIALS_LEFT_S_MIN + CREDENTIALS_SHARED_S)
        *duration_s = CREDENTIALS_LEFT_S_MIN + CREDENTIALS_SHARED_S;
    if (status != FOB_OK || *duration_s <= FOB_STS_CHAINED_S_MAX)
        return status;
    if (is_chained) {
        request_note(link->request,
                     "a role assumed from a role lasts one hour at most: %s",
                     link->profile.name);
        *duration_s = FOB_STS_CHAINED_S_MAX;
    }
    if (*duration_s > FOB_STS_ROLE_S_MAX)
        *duration_s = FOB_STS_ROLE_S_MAX;
    return status;
}

/* A session that can never have the life that is wanted would be made anew
 * for every call. */
static enum fob_status check_life(const struct link *link, uint32_t duration_s)
{
    if (link->depth > 0 || link->options->left_s <= duration_s)
        return FOB_OK;
    return fob_error_set(&link->request->error, FOB_E_USAGE,
                         "a session of %u s for %s cannot have %u s to live",
                         (unsigned)duration_s, link->profile.name,
                         (unsigned)link->options->left_s);
}

static enum fob_status mint(const struct link *link, const struct role *role,
                            uint32_t duration_s, struct fob_message *session)
{
    const struct mint_order order = {
        .profile = &link->profile,
        .name = link->wanted,
        .serial = link->serial,
        .role = role,
        .duration_s = duration_s,
        .left_s = left_wanted(link->options),
        .may_wait = link->options->may_wait,
    };

    if (link->serial == NULL)
        return no_serial(link);
    return mint_session(link->request, &order, session);
}

static enum fob_status get_session(const struct link *link,
                                   struct fob_message *session)
{
    const uint32_t least_s = left_wanted(link->options) + CREDENTIALS_SHARED_S;
    uint32_t duration_s = link->options->duration_s;

    /* A role's duration is not its source's: that one serves other roles too.
     */
    if (duration_s == 0 || link->depth > 0)
        duration_s = CREDENTIALS_SESSION_S;
    if (duration_s < least_s)
        duration_s = least_s;
    if (duration_s > FOB_STS_SESSION_S_MAX)
        duration_s = FOB_STS_SESSION_S_MAX;
    return mint(link, NULL, duration_s, session);
}

/* A temporary key that a credential_process prints is a session already;
 * FOB_E_NOT_FOUND, not worded, when there is none. */
static enum fob_status get_printed(const struct link *link,
                                   struct fob_message *session)
{
    struct fob_field token;
    enum fob_status status =
        config_command_key(link->request, &link->profile, session);

    if (status != FOB_OK)
        return status;
    if (!fob_message_find(session, FOB_TAG_SESSION_TOKEN, &token)) {
        fob_message_free(session);
        return FOB_E_NOT_FOUND;
    }
    fob_message_put_text(session, FOB_TAG_SERIAL,
                         link->serial == NULL ? "" : link->serial);
    return session->status;
}

static enum fob_status get_chained(const struct link *link,
                                   const struct link *source,
                                   uint32_t duration_s,
                                   struct fob_message *session)
{
    struct fob_message from = {0};
    const struct assume_role wanted = {.request = link->request,
                                       .profile = &link->profile,
                                       .source = &from,
                                       .duration_s = duration_s,
                                       .left_s = left_wanted(link->options)};
    enum fob_status status = get(source, &from);

    if (status == FOB_OK)
        status = assume_role_get(&wanted, session);
    fob_message_free(&from);
    return status;
}

static enum fob_status get_straight(const struct link *link,
                                    const struct link *source,
                                    uint32_t duration_s,
                                    struct fob_message *session)
{
    struct role role = {0};
    enum fob_status status;

    if (source->serial == NULL)
        return no_serial(source);
    status =
        role_load(&link->profile, source->serial, &role, &link->request->error);
    if (status == FOB_OK)
        status = mint(source, &role, duration_s, session);
    role_free(&role);
    return status;
}

static enum fob_status get_role(const struct link *link,
                                struct fob_message *session)
{
    struct link source;
    uint32_t duration_s;
    bool is_chained;
    enum fob_status status = find_source(link, &source);

    if (status != FOB_OK)
        return status;
    is_chained = has_role(link, &source);
    source.skip_role = !is_chained;
    status = role_duration(link, is_chained, &duration_s);
    if (status == FOB_OK)
        status = check_life(link, duration_s);
    if (status != FOB_OK)
        return status;
    if (duration_s > FOB_STS_CHAINED_S_MAX)
        return get_straight(link, &source, duration_s, session);
    return get_chained(link, &source, duration_s, session);
}

static enum fob_status get(const struct link *link, struct fob_message *session)
{
    enum fob_status status = check_kind(link);

    if (status != FOB_OK)
        return status;
    if (!link->skip_role && setting(&link->profile, "role_arn") != NULL)
        return get_role(link, session);
    status = get_printed(link, session);
    return status == FOB_E_NOT_FOUND ? get_session(link, session) : status;
}

enum fob_status credentials_get(struct fob_request *request,
                                const struct profile *profile,
                                const struct credentials_options *options,
                                struct fob_message *session)
{
    const struct link first = {
        .request = request,
        .wanted = profile->name,
        .profile = *profile,
        .serial = setting(profile, "mfa_serial"),
        .options = options,
    };
    enum fob_status status =
        config_command_refuse_nested(profile, &request->error);

    return status == FOB_OK ? get(&first, session) : status;
}
