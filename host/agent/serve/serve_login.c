/* SPDX-License-Identifier: MIT */
/* A URL that signs in to the console. */
#include "host/agent/mint/credentials.h"
#include "host/agent/network/aws_call.h"
#include "host/agent/network/signin.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/aws/url.h"

#include <string.h>

enum { CONSOLE_S_MAX = 43200 };

/* The console takes sessions of roles only; which profile has one? */
static enum fob_status check_role(const struct profile *profile,
                                  struct fob_error *error)
{
    const struct fob_profiles *all = &profile->all;
    struct fob_profile other, source;
    struct fob_error ignored;

    if (fob_profile_get(&profile->found, "role_arn") != NULL)
        return FOB_OK;
    fob_error_set(error, FOB_E_USAGE,
                  "profile %s has no role, and the console takes a role's "
                  "session only, not a user's",
                  profile->name);
    fob_error_hint(error, "use a profile with a role_arn");
    for (size_t i = 0; i < all->count; i++)
        if (fob_profile_find(all, all->names[i], &other, &ignored) == FOB_OK &&
            fob_profile_get(&other, "role_arn") != NULL &&
            fob_profile_get_source(&other, &source, &ignored) == FOB_OK &&
            strcmp(source.name, profile->name) == 0) {
            fob_error_hint(error, "fob login %s", other.name);
            break;
        }
    return FOB_E_USAGE;
}

/* A longer stay than a chained session's hour wants one that is not: with
 * more than that to live it must have come straight from the key. */
static enum fob_status read_options(struct fob_request *request,
                                    struct credentials_options *options)
{
    uint64_t duration_s =
        fob_message_number(&request->message, FOB_TAG_DURATION, 0);

    if (duration_s != 0 &&
        (duration_s < FOB_STS_DURATION_S_MIN || duration_s > CONSOLE_S_MAX))
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the duration must be %d to %d s",
                             FOB_STS_DURATION_S_MIN, CONSOLE_S_MAX);
    options->limits.duration_s = (uint32_t)duration_s;
    options->limits.left_s =
        duration_s > SESSION_PLAN_ROLE_S ? SESSION_PLAN_ROLE_S + 1 : 0;
    options->may_wait = field_read_flag(request, FOB_TAG_WAIT);
    return FOB_OK;
}

static enum fob_status take_token(const struct aws_call_reply *reply,
                                  const struct signin *signin,
                                  struct fob_secret *url,
                                  struct fob_error *error)
{
    const char *token = fob_exchange_find(&reply->exchange, "SigninToken");

    if (reply->exchange.status != FOB_OK)
        return fob_error_set(error, reply->exchange.status,
                             "the console's sign-in service: %s",
                             reply->exchange.fault);
    if (reply->exchange.http_status != 200)
        return fob_error_set(error, FOB_E_REFUSED,
                             "the console's sign-in service refused the "
                             "session (HTTP %u)",
                             (unsigned)reply->exchange.http_status);
    if (token == NULL)
        return fob_error_set(error, FOB_E_REPLY,
                             "the console's sign-in service gave no token");
    return signin_login_url(signin, token, url, error);
}

static enum fob_status sign_in(struct fob_request *request,
                               const struct profile *profile,
                               const struct signin *signin,
                               const struct fob_secret *token_url)
{
    struct aws_call_reply reply = {0};
    struct fob_secret url = {0};
    enum fob_status status = aws_call_get(
        request, (const char *)token_url->data, &profile->network, &reply);

    if (status == FOB_OK)
        status = take_token(&reply, signin, &url, &request->error);
    if (status == FOB_OK)
        fob_message_put(&request->reply, FOB_TAG_URI, url.data, url.len);
    fob_secret_free(&url);
    aws_call_reply_free(&reply);
    return status;
}

static enum fob_status log_in(struct fob_request *request,
                              const struct profile *profile,
                              const struct signin *signin)
{
    struct credentials_options options = {0};
    struct session session = {0};
    struct fob_secret url = {0};
    enum fob_status status = read_options(request, &options);

    if (status == FOB_OK)
        status = credentials_get(request, profile, &options, &session);
    if (status == FOB_OK)
        status = signin_token_url(
            signin, &session,
            options.limits.left_s != 0 ? options.limits.duration_s : 0, &url,
            &request->error);
    if (status == FOB_OK) {
        request_progress(request, "asking the console's sign-in service");
        status = sign_in(request, profile, signin, &url);
    }
    fob_secret_free(&url);
    session_free(&session);
    return status;
}

enum fob_status serve_login(struct fob_request *request)
{
    struct profile profile = {0};
    struct signin signin;
    char name[FOB_NAME_MAX + 1], wanted[FOB_ENDPOINT_URL_MAX + 1];
    enum fob_status status = fob_message_text(&request->message, FOB_TAG_URI,
                                              wanted, sizeof(wanted));

    if (status != FOB_OK && status != FOB_E_NOT_FOUND)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the destination is no URL");
    status = field_read_profile(request, name);
    if (status == FOB_OK)
        status = profile_load(request, name, &profile);
    if (status == FOB_OK)
        status = check_role(&profile, &request->error);
    if (status == FOB_OK)
        status = signin_find(&profile, wanted, &signin, &request->error);
    if (status == FOB_OK)
        status = log_in(request, &profile, &signin);
    profile_free(&profile);
    return status;
}
