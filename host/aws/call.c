/* SPDX-License-Identifier: MIT */
#include "host/aws/call.h"

#include <string.h>

static const struct fob_exchange_header FORM = {
    "Content-Type", "application/x-www-form-urlencoded; charset=utf-8"};

static enum fob_status call_sign(const struct fob_call *call,
                                 struct fob_sigv4_signature *signature)
{
    const struct fob_sigv4_request request = {
        .method = "POST",
        .host = call->endpoint->host,
        .path = call->endpoint->path,
        .query = "",
        .headers = &FORM,
        .header_count = 1,
        .body = call->body->data,
        .body_len = call->body->len,
        .region = call->endpoint->region,
        .service = call->endpoint->service,
        .time_s = call->time_s,
    };

    return fob_sigv4_sign(&request, call->key, signature);
}

static void header_add(struct fob_exchange_request *request, const char *name,
                       const char *value)
{
    request->headers[request->header_count++] =
        (struct fob_exchange_header){name, value};
}

static enum fob_status
encode_request(const struct fob_call *call,
               const struct fob_sigv4_signature *signature,
               struct fob_secret *message)
{
    struct fob_exchange_request request = {
        .method = "POST",
        .url = call->endpoint->url,
        .headers = {FORM},
        .header_count = 1,
        .body = call->body->data,
        .body_len = call->body->len,
        .ca_bundle = call->network->ca_bundle,
        .proxy = call->network->proxy,
        .no_proxy = call->network->no_proxy,
        .connect_timeout_ms = call->network->connect_timeout_ms,
        .total_timeout_ms = call->network->total_timeout_ms,
    };

    header_add(&request, "Host", call->endpoint->host);
    header_add(&request, "X-Amz-Date", signature->date);
    if (*call->key->session_token != '\0')
        header_add(&request, "X-Amz-Security-Token", call->key->session_token);
    header_add(&request, "Authorization", signature->authorization);
    return fob_exchange_request_encode(&request, message);
}

enum fob_status fob_call_encode(const struct fob_call *call,
                                struct fob_secret *message,
                                struct fob_error *error)
{
    struct fob_sigv4_signature signature;
    enum fob_status status = call_sign(call, &signature);

    if (status == FOB_OK)
        status = encode_request(call, &signature, message);
    if (status == FOB_E_SYNTAX)
        return fob_error_set(error, FOB_E_USAGE,
                             "the access key, the proxy or the endpoint holds "
                             "a character that cannot be sent");
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "the request cannot be signed: it is too long, or "
                             "the clock is far off");
    return FOB_OK;
}
