/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/plain_session.h"

#include "host/agent/network/aws_call.h"
#include "host/agent/network/identity.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/state/session_cache.h"

#include <unistd.h>

/* One such session on its way. */
struct plain {
    struct fob_request *request;
    const struct mint_order *order;
    struct fob_endpoint endpoint;
    struct profile_key key;
    struct session *session;
};

static struct session_key describe_session(const struct plain *plain)
{
    const struct role *role = plain->order->role;

    return (struct session_key){.access_key_id = plain->key.id,
                                .serial = "",
                                .role = role == NULL ? "" : role->id,
                                .endpoint = &plain->endpoint};
}

static enum fob_status look_up(const struct plain *plain)
{
    const struct session_key key = describe_session(plain);

    return session_cache_get(plain->request->agent, &key, plain->order->left_s,
                             plain->session);
}

static enum fob_status get_token(const struct plain *plain,
                                 const struct fob_sigv4_key *signer)
{
    const struct mint_order *order = plain->order;
    const struct fob_refusal_context context = {.action = "GetSessionToken",
                                                .profile = order->name,
                                                .serial = "",
                                                .access_key_id = plain->key.id};
    const struct fob_sts_session_params params = {
        .duration_s = order->duration_s, .serial = "", .code = ""};
    struct fob_secret body = {0};
    const struct aws_call call = {.endpoint = &plain->endpoint,
                                  .key = signer,
                                  .body = &body,
                                  .network = &order->profile->network};
    struct aws_call_reply reply = {0};
    struct fob_error *error = &plain->request->error;
    enum fob_status status = fob_sts_session_request(&params, &body, error);

    if (status == FOB_OK)
        status = aws_call_retry(plain->request, &call, &context, &reply);
    if (status == FOB_OK)
        status = fob_sts_session_reply(&reply.exchange,
                                       &plain->session->credentials, error);
    if (status == FOB_OK) {
        session_set_owner(plain->session, order->name, "", "");
        plain->session->created_s = server_clock_now_s(&plain->endpoint);
    }
    aws_call_reply_free(&reply);
    fob_secret_free(&body);
    return status;
}

static enum fob_status call_sts(const struct plain *plain)
{
    const struct mint_order *order = plain->order;
    const struct fob_sigv4_key signer =
        fob_signing_key_long_term(plain->key.id, &plain->key.secret);
    enum fob_refusal ignored;
    const struct role_call call = {.profile = order->profile,
                                   .role = order->role,
                                   .signer = &signer,
                                   .endpoint = &plain->endpoint,
                                   .serial = "",
                                   .duration_s = order->duration_s,
                                   .refusal = &ignored};

    request_note(plain->request,
                 "profile %s has no mfa_serial: this session is without MFA",
                 order->profile->name);
    return order->role == NULL
               ? get_token(plain, &signer)
               : role_assume(plain->request, &call, plain->session);
}

static enum fob_status make_session(const struct plain *plain)
{
    const struct session_key key = describe_session(plain);
    struct fob_request *request = plain->request;
    char user[FOB_ACCOUNT_USER_MAX + 1];
    int lock;
    enum fob_status status = identity_check(
        request, plain->order->profile, &plain->key, &plain->endpoint, user);

    if (status == FOB_OK)
        status = session_cache_lock(request, &key, &lock);
    if (status != FOB_OK)
        return status;
    if (plain->order->is_fresh || look_up(plain) != FOB_OK) {
        status = call_sts(plain);
        if (status == FOB_OK)
            session_cache_keep(request, &key, plain->session);
    }
    close(lock);
    return status;
}

/* While the vault is locked, a session made before can still be had. */
static enum fob_status find_session(struct plain *plain)
{
    struct fob_request *request = plain->request;
    const struct mint_order *order = plain->order;
    enum fob_status status;

    if (profile_key_hint(request, order->profile, &plain->key) &&
        !order->is_fresh && look_up(plain) == FOB_OK)
        return FOB_OK;
    profile_key_free(&plain->key);
    status = profile_key_find(request, order->profile, &plain->key);
    if (status == FOB_OK && (order->is_fresh || look_up(plain) != FOB_OK))
        status = make_session(plain);
    if (status == FOB_OK)
        profile_key_remember(request, order->profile, &plain->key);
    return status;
}

enum fob_status plain_session_get(struct fob_request *request,
                                  const struct mint_order *order,
                                  struct session *session, bool *is_open)
{
    struct plain plain = {
        .request = request, .order = order, .session = session};
    struct fob_profile_key pair;
    struct fob_error ignored;
    enum fob_status status;

    *is_open =
        fob_profile_get_key(&order->profile->found, &pair, &ignored) == FOB_OK;
    if (*is_open)
        return FOB_E_NOT_FOUND;
    status = profile_endpoint(order->profile, &plain.endpoint, &request->error);
    if (status == FOB_OK)
        status = find_session(&plain);
    profile_key_free(&plain.key);
    return status;
}
