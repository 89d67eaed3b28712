/* SPDX-License-Identifier: MIT */
/* A URL that signs in to the console. */
#include "host/agent/mint/credentials.h"
#include "host/agent/mint/federation.h"
#include "host/agent/network/aws_call.h"
#include "host/agent/network/signin.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/aws/url.h"

#include <string.h>

enum { CONSOLE_S_MAX = 43200 };

/* A login on its way. */
struct login {
    struct fob_request *request;
    const struct profile *profile;
    struct signin signin;
    struct credentials_options options;
    struct typed_code typed;
    uint32_t console_s; /* that sign-in is told; 0: the session's own life */
};

/* Of its own, or of a source that it stands for. */
static bool has_role(const struct profile *profile)
{
    struct fob_profile at = profile->found;
    struct fob_profile_key pair;
    struct fob_error ignored;

    for (int i = 0; i < SESSION_PLAN_LINKS_MAX; i++) {
        if (fob_profile_get(&at, "role_arn") != NULL)
            return true;
        if (fob_profile_get_key(&at, &pair, &ignored) == FOB_OK ||
            fob_profile_get_source(&at, &at, &ignored) != FOB_OK)
            break;
    }
    return false;
}

/* A profile with a role that is assumed from this one's key, or false. */
static bool find_role_of(const struct profile *profile,
                         struct fob_profile *other)
{
    const struct fob_profiles *all = &profile->all;
    struct fob_profile source;
    struct fob_error ignored;

    for (size_t i = 0; i < all->count; i++)
        if (fob_profile_find(all, all->names[i], other, &ignored) == FOB_OK &&
            fob_profile_get(other, "role_arn") != NULL &&
            fob_profile_get_source(other, &source, &ignored) == FOB_OK &&
            strcmp(source.name, profile->name) == 0)
            return true;
    return false;
}

/* A longer stay than a chained session's hour wants one that is not: with
 * more than that to live it must have come straight from the key. */
static enum fob_status read_options(struct login *login)
{
    struct fob_request *request = login->request;
    struct credentials_options *options = &login->options;
    uint64_t duration_s =
        fob_message_number(&request->message, FOB_TAG_DURATION, 0);

    if (duration_s != 0 &&
        (duration_s < FOB_STS_DURATION_S_MIN || duration_s > CONSOLE_S_MAX))
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the duration must be %d to %d s",
                             FOB_STS_DURATION_S_MIN, CONSOLE_S_MAX);
    options->limits.duration_s = (uint32_t)duration_s;
    if (duration_s > SESSION_PLAN_ROLE_S) {
        options->limits.left_s = SESSION_PLAN_ROLE_S + 1;
        login->console_s = (uint32_t)duration_s;
    }
    options->may_wait = field_read_flag(request, FOB_TAG_WAIT);
    options->is_fresh = field_read_flag(request, FOB_TAG_FRESH);
    options->typed = &login->typed;
    return field_read_code(request, &login->typed);
}

/* Who has MFA expects it to count; and where a policy demands it, a role is
 * the way. */
static void tell_of_mfa(const struct login *login, enum fob_status status)
{
    struct fob_request *request = login->request;
    struct fob_profile role;
    bool has_one = find_role_of(login->profile, &role);

    if (status == FOB_E_REFUSED && has_one)
        fob_error_hint(&request->error, "fob login %s", role.name);
    if (status == FOB_OK &&
        fob_profile_get(&login->profile->found, "mfa_serial") != NULL)
        request_note(request,
                     "signed in without MFA, for AWS takes no code for a "
                     "user's console: what policies tie to MFA needs a "
                     "profile with a role");
}

static enum fob_status refuse_duration(const struct login *login)
{
    return fob_error_set(&login->request->error, FOB_E_USAGE,
                         "the session that the credential_process of profile "
                         "%s prints lives as long as it does, and no longer "
                         "in the console",
                         login->profile->name);
}

static enum fob_status get_as_user(struct login *login, struct session *session)
{
    const uint32_t wanted_s = login->options.limits.duration_s;
    enum fob_status status =
        federation_get(login->request, login->profile,
                       wanted_s != 0 ? wanted_s : CONSOLE_S_MAX, session);

    login->console_s = 0;
    if (status == FOB_OK && session->created_s != 0)
        return wanted_s == 0 ? FOB_OK : refuse_duration(login);
    tell_of_mfa(login, status);
    return status;
}

static enum fob_status take_token(const struct login *login,
                                  const struct aws_call_reply *reply,
                                  struct fob_secret *url)
{
    struct fob_error *error = &login->request->error;
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
    return signin_login_url(&login->signin, token, url, error);
}

static enum fob_status sign_in(const struct login *login,
                               const struct fob_secret *token_url)
{
    struct fob_request *request = login->request;
    struct aws_call_reply reply = {0};
    struct fob_secret url = {0};
    enum fob_status status =
        aws_call_get(request, (const char *)token_url->data,
                     &login->profile->network, &reply);

    if (status == FOB_OK)
        status = take_token(login, &reply, &url);
    if (status == FOB_OK)
        fob_message_put(&request->reply, FOB_TAG_URI, url.data, url.len);
    fob_secret_free(&url);
    aws_call_reply_free(&reply);
    return status;
}

static enum fob_status log_in(struct login *login)
{
    struct fob_request *request = login->request;
    struct session session = {0};
    struct fob_secret url = {0};
    enum fob_status status = read_options(login);

    if (status == FOB_OK)
        status = has_role(login->profile)
                     ? credentials_get(request, login->profile, &login->options,
                                       &session)
                     : get_as_user(login, &session);
    if (status == FOB_OK)
        status = signin_token_url(&login->signin, &session, login->console_s,
                                  &url, &request->error);
    if (status == FOB_OK) {
        request_progress(request, "asking the console's sign-in service");
        status = sign_in(login, &url);
    }
    fob_secret_free(&url);
    session_free(&session);
    return status;
}

enum fob_status serve_login(struct fob_request *request)
{
    struct profile profile = {0};
    struct login login = {.request = request, .profile = &profile};
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
        status = signin_find(&profile, wanted, &login.signin, &request->error);
    if (status == FOB_OK)
        status = log_in(&login);
    typed_code_free(&login.typed);
    profile_free(&profile);
    return status;
}
