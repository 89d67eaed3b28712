/* SPDX-License-Identifier: MIT */
/* Sessions: given out, listed, forgotten. */
#include "host/agent/accounts/vault_hold.h"
#include "host/agent/mint/credentials.h"
#include "host/agent/mint/session_forget.h"
#include "host/agent/remote/remote.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/renew.h"
#include "host/agent/state/cache.h"
#include "host/agent/state/device_clock.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/state/session_cache.h"
#include "host/base/text.h"

#include <string.h>
#include <time.h>

/* A number of seconds that a caller may give; 0 when absent. */
static enum fob_status read_seconds(struct fob_request *request,
                                    enum fob_tag tag, const char *what,
                                    uint32_t *seconds)
{
    uint64_t number = fob_message_number(&request->message, tag, 0);

    *seconds = (uint32_t)number;
    if (number == 0 ||
        (number >= FOB_STS_DURATION_S_MIN && number <= FOB_STS_SESSION_S_MAX))
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_USAGE,
                         "the %s must be %d to %d s", what,
                         FOB_STS_DURATION_S_MIN, FOB_STS_SESSION_S_MAX);
}

static enum fob_status read_options(struct fob_request *request,
                                    struct credentials_options *options)
{
    struct session_plan_limits *limits = &options->limits;
    enum fob_status status = read_seconds(request, FOB_TAG_DURATION, "duration",
                                          &limits->duration_s);

    if (status == FOB_OK)
        status = read_seconds(request, FOB_TAG_MIN_TTL, "least time to live",
                              &limits->left_s);
    if (status == FOB_OK && limits->duration_s != 0 &&
        limits->left_s > limits->duration_s)
        status = fob_error_set(&request->error, FOB_E_USAGE,
                               "a session of %u s cannot have %u s to live",
                               (unsigned)limits->duration_s,
                               (unsigned)limits->left_s);
    options->may_wait = field_read_flag(request, FOB_TAG_WAIT);
    options->is_fresh = field_read_flag(request, FOB_TAG_FRESH) &&
                        request->fd != REQUEST_NOBODY;
    if (request->fd == REQUEST_NOBODY && limits->left_s < RENEW_BELOW_S)
        limits->left_s = RENEW_BELOW_S;
    return status;
}

/* By the clock of whoever ends it; where that is not known, of the device. */
static int64_t find_left_unplaced(const struct session *session)
{
    return session_left_s(session,
                          time(NULL) + device_clock_offset_s(session->serial));
}

static int64_t find_left(const struct profile *profile,
                         const struct session *session)
{
    struct fob_endpoint endpoint;
    struct fob_error ignored;

    if (profile_endpoint(profile, &endpoint, &ignored) != FOB_OK)
        return find_left_unplaced(session);
    return session_left_s(session, server_clock_now_s(&endpoint));
}

static void put_secret(struct fob_message *to, enum fob_tag tag,
                       const struct fob_secret *secret)
{
    fob_message_put(to, tag, secret->data, secret->len);
}

/* What may be told of a session: everything but its secrets. */
static void put_public(struct fob_message *to, const struct session *session)
{
    fob_message_put_text(to, FOB_TAG_PROFILE, session->profile);
    fob_message_put_text(to, FOB_TAG_ACCESS_KEY_ID,
                         session->credentials.access_key_id);
    fob_message_put_text(to, FOB_TAG_SERIAL, session->serial);
    if (session_has_end(session))
        fob_message_put_number(to, FOB_TAG_EXPIRATION,
                               (uint64_t)session->credentials.expires_s);
    if (session->account_id[0] != '\0')
        fob_message_put_text(to, FOB_TAG_ACCOUNT_ID, session->account_id);
}

static void put_session(struct fob_message *to, const struct profile *profile,
                        const struct session *session, int64_t left_s)
{
    const char *region = profile_region(profile);

    put_public(to, session);
    put_secret(to, FOB_TAG_SECRET_KEY, &session->credentials.secret_key);
    put_secret(to, FOB_TAG_SESSION_TOKEN, &session->credentials.token);
    if (left_s > 0 && session_has_end(session))
        fob_message_put_number(to, FOB_TAG_DURATION, (uint64_t)left_s);
    if (region[0] != '\0')
        fob_message_put_text(to, FOB_TAG_REGION, region);
}

/* Told is who asked for more; what the profile says is of new sessions. */
static void put_wanted(struct fob_message *to, const struct profile *profile,
                       uint32_t wanted_s, int64_t left_s)
{
    struct fob_error ignored;

    if (wanted_s == 0 &&
        fob_profile_duration(&profile->found, &wanted_s, &ignored) != FOB_OK)
        return;
    if (left_s < session_plan_least_s(wanted_s))
        fob_message_put_number(to, FOB_TAG_WANTED, wanted_s);
}

static enum fob_status give_session(struct fob_request *request,
                                    const struct profile *profile,
                                    const struct credentials_options *options)
{
    struct session session = {0};
    int64_t left_s;
    enum fob_status status =
        credentials_get(request, profile, options, &session);

    if (status == FOB_OK) {
        left_s = find_left(profile, &session);
        put_session(&request->reply, profile, &session, left_s);
        put_wanted(&request->reply, profile, options->limits.duration_s,
                   left_s);
        if (renew_is_due(options->limits.duration_s, left_s))
            renew_later(request, serve_credentials);
    }
    session_free(&session);
    return status;
}

enum fob_status serve_credentials(struct fob_request *request)
{
    struct profile profile = {0};
    struct typed_code typed = {0};
    struct credentials_options options = {.typed = &typed};
    char name[FOB_NAME_MAX + 1];
    enum fob_status status = read_options(request, &options);

    if (status == FOB_OK)
        status = field_read_code(request, &typed);
    if (status == FOB_OK)
        status = field_read_profile(request, name);
    if (status == FOB_OK)
        status = remote_load_profile(request, name, &profile);
    if (status == FOB_OK)
        status = give_session(request, &profile, &options);
    typed_code_free(&typed);
    profile_free(&profile);
    return status;
}

/* A listing on its way to whom the policy lets see a part of it. */
struct session_listing {
    struct fob_message *reply;
    struct remote_policy policy;
    bool is_remote;
};

static void put_record(void *context, const struct session *session)
{
    const struct session_listing *listing = context;
    struct fob_message record = {0};

    if (find_left_unplaced(session) <= 0 ||
        (listing->is_remote &&
         remote_policy_profile(&listing->policy, session->profile) !=
             REMOTE_OPEN))
        return;
    fob_message_start(&record, FOB_REPLY_OK);
    put_public(&record, session);
    fob_message_put_record(listing->reply, &record);
    fob_message_free(&record);
}

/* With it the names of records can be read. */
static enum fob_status get_cache_key(struct fob_request *request)
{
    struct fob_secret key = {0};
    enum fob_status status = agent_cache_key(request->agent, &key);

    fob_secret_free(&key);
    return status == FOB_OK ? FOB_OK : vault_hold_open(request, false);
}

enum fob_status serve_sessions(struct fob_request *request)
{
    struct session_listing listing = {.reply = &request->reply,
                                      .is_remote = request->is_remote};
    enum fob_status status = get_cache_key(request);

    if (status == FOB_OK && request->is_remote)
        status = remote_load_policy(request, &listing.policy);
    if (status == FOB_OK)
        status = session_cache_each(request->agent, put_record, &listing,
                                    &request->error);
    return status;
}

/* One that is no more in the files may have left sessions. */
static enum fob_status clear_profile(struct fob_request *request,
                                     const char *name)
{
    struct profile profile = {0};
    struct fob_error missing;
    size_t count = 0;
    enum fob_status found = profile_load(request, name, &profile);
    enum fob_status status =
        found == FOB_OK || found == FOB_E_NOT_FOUND ? FOB_OK : found;

    missing = request->error;
    if (found == FOB_E_NOT_FOUND)
        profile.found = (struct fob_profile){0};
    if (found == FOB_E_NOT_FOUND)
        status = fob_text_copy(profile.name, sizeof(profile.name), name);
    if (status == FOB_OK)
        status = get_cache_key(request);
    if (status == FOB_OK)
        status = session_forget(request, &profile, &count);
    profile_free(&profile);
    if (status == FOB_OK && count == 0 && found != FOB_OK) {
        request->error = missing;
        return found;
    }
    fob_message_put_number(&request->reply, FOB_TAG_NUMBER, count);
    return status;
}

enum fob_status serve_sessions_clear(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    enum fob_status status = field_read_profile(request, name);

    agent_forget_printed(request->agent);
    if (status != FOB_OK)
        return status;
    return name[0] == '\0' ? cache_clear(&request->error)
                           : clear_profile(request, name);
}
