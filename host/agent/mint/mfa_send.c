/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/mfa_send.h"

#include "host/agent/network/aws_call.h"
#include "host/agent/state/server_clock.h"
#include "host/aws/refusal.h"
#include "host/aws/signing_key.h"

static enum fob_status make_body(const struct mfa_call *call,
                                 const char *serial, const char *code,
                                 struct fob_secret *body)
{
    const struct mint_order *order = call->order;
    struct fob_sts_role_params role;
    const struct fob_sts_session_params session = {
        .duration_s = order->duration_s, .serial = serial, .code = code};

    if (order->role == NULL)
        return fob_sts_session_request(&session, body, &call->request->error);
    role = order->role->params;
    role.duration_s = order->duration_s;
    role.serial = serial;
    role.code = code;
    return fob_sts_role_request(&role, body, &call->request->error);
}

static enum fob_status read_reply(struct mfa_call *call, const char *serial,
                                  const struct fob_exchange_reply *reply,
                                  enum fob_refusal *refusal)
{
    const bool is_role = call->order->role != NULL;
    const struct fob_refusal_context context = {
        .action = is_role ? "AssumeRole" : "GetSessionToken",
        .profile = call->order->name,
        .serial = serial,
        .access_key_id = call->key->id,
    };
    struct fob_error *error = &call->request->error;

    *refusal = fob_refusal_explain(reply, &context, error);
    if (*refusal != FOB_REFUSAL_NONE)
        return error->status;
    return is_role ? fob_sts_role_reply(reply, call->made, error)
                   : fob_sts_session_reply(reply, call->made, error);
}

enum fob_status mfa_send(struct mfa_call *call, const char *serial,
                         const char *code, struct mfa_sent *sent)
{
    const struct fob_sigv4_key key =
        fob_signing_key_long_term(call->key->id, &call->key->secret);
    struct fob_secret body = {0};
    const struct aws_call signing = {.endpoint = call->endpoint,
                                     .key = &key,
                                     .body = &body,
                                     .network = &call->order->profile->network};
    struct aws_call_reply reply = {0};
    int64_t thought_s = server_clock_offset_s(call->endpoint);
    enum fob_status status = make_body(call, serial, code, &body);

    if (status == FOB_OK)
        status = aws_call_send(call->request, &signing, &reply);
    sent->maybe_sent = reply.maybe_sent;
    if (status == FOB_OK) {
        sent->attempt.moved_s = reply.offset_s - thought_s;
        status =
            read_reply(call, serial, &reply.exchange, &sent->attempt.refusal);
    }
    aws_call_reply_free(&reply);
    fob_secret_free(&body);
    return status;
}
