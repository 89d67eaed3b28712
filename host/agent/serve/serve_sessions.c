/* SPDX-License-Identifier: MIT */
/* Sessions: given out, listed, forgotten. */
#include "host/agent/accounts/vault_hold.h"
#include "host/agent/mint/credentials.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/renew.h"
#include "host/agent/state/cache.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/state/session_cache.h"

#include <string.h>

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
    enum fob_status status = read_seconds(request, FOB_TAG_DURATION, "duration",
                                          &options->duration_s);
    if (status == FOB_OK)
        status = read_seconds(request, FOB_TAG_MIN_TTL, "least time to live",
                              &options->left_s);
    if (status == FOB_OK && options->duration_s != 0 &&
        options->left_s > options->duration_s)
        status = fob_error_set(&request->error, FOB_E_USAGE,
                               "a session of %u s cannot have %u s to live",
                               (unsigned)options->duration_s,
                               (unsigned)options->left_s);
    options->may_wait =
        fob_message_number(&request->message, FOB_TAG_WAIT, 0) != 0;
    if (request->fd == REQUEST_NOBODY && options->left_s < CREDENTIALS_RENEW_S)
        options->left_s = CREDENTIALS_RENEW_S;
    return status;
}

/* By the clock of whoever ends it. */
static int64_t left_s(const struct profile *profile,
                      const struct fob_message *session)
{
    struct fob_endpoint endpoint;
    struct fob_error ignored;
    const char *clock = profile_endpoint(profile, &endpoint, &ignored) == FOB_OK
                            ? endpoint.url
                            : server_clock_last;

    return (int64_t)fob_message_number(session, FOB_TAG_EXPIRATION, 0) -
           server_clock_now_s(clock);
}

/* One that was asked to be short would be renewed for every caller. */
static bool is_to_renew(const struct credentials_options *options,
                        int64_t left_s)
{
    return left_s < CREDENTIALS_RENEW_S &&
           (options->duration_s == 0 ||
            options->duration_s >= 2 * CREDENTIALS_RENEW_S);
}

static enum fob_status give(struct fob_request *request,
                            const struct profile *profile,
                            const struct credentials_options *options)
{
    const char *region = profile_region(profile);
    int64_t left;
    enum fob_status status =
        credentials_get(request, profile, options, &request->reply);

    if (status != FOB_OK)
        return status;
    left = left_s(profile, &request->reply);
    if (left > 0)
        fob_message_put_number(&request->reply, FOB_TAG_DURATION,
                               (uint64_t)left);
    if (region[0] != '\0')
        fob_message_put_text(&request->reply, FOB_TAG_REGION, region);
    if (is_to_renew(options, left))
        renew_later(request);
    return FOB_OK;
}

enum fob_status serve_credentials(struct fob_request *request)
{
    struct profile profile = {0};
    struct credentials_options options = {0};
    enum fob_status status = read_options(request, &options);

    if (status == FOB_OK)
        status = profile_load(request, &profile);
    if (status == FOB_OK)
        status = give(request, &profile, &options);
    profile_free(&profile);
    return status;
}

static void copy_text(struct fob_message *to, const struct fob_message *from,
                      enum fob_tag tag)
{
    struct fob_field field;

    if (fob_message_find(from, tag, &field))
        fob_message_put(to, tag, field.data, field.len);
}

/* What may be told of a session: everything but its secrets. */
static void put_session(void *context, const char *name,
                        const struct fob_secret *content)
{
    struct fob_message *reply = context;
    struct fob_message session = {.fields = *content}, record = {0};

    if (!session_is_name(name) ||
        (int64_t)fob_message_number(&session, FOB_TAG_EXPIRATION, 0) <=
            server_clock_now_s(server_clock_last))
        return;
    fob_message_start(&record, FOB_REPLY_OK);
    copy_text(&record, &session, FOB_TAG_PROFILE);
    copy_text(&record, &session, FOB_TAG_ACCESS_KEY_ID);
    copy_text(&record, &session, FOB_TAG_SERIAL);
    copy_text(&record, &session, FOB_TAG_EXPIRATION);
    copy_text(&record, &session, FOB_TAG_ACCOUNT_ID);
    fob_message_put_record(reply, &record);
    fob_message_free(&record);
}

enum fob_status serve_sessions(struct fob_request *request)
{
    struct fob_secret key = {0};
    enum fob_status status = agent_cache_key(request->agent, &key);

    fob_secret_free(&key);
    if (status != FOB_OK)
        status = unlock_vault(request, false);
    if (status == FOB_OK)
        status = cache_each(request->agent, put_session, &request->reply,
                            &request->error);
    return status;
}

enum fob_status serve_sessions_clear(struct fob_request *request)
{
    return cache_clear(&request->error);
}
