/* SPDX-License-Identifier: MIT */
#include "host/agent/network/aws_call.h"

#include "host/agent/network/backoff.h"
#include "host/agent/state/server_clock.h"
#include "host/aws/url.h"
#include "host/base/child.h"
#include "host/base/path.h"

#include <inttypes.h>

enum {
    GRACE_MS = 5000, /* fob-net ends by itself before this is over */
};

static enum fob_status run(const struct fob_secret *message, int timeout_ms,
                           struct fob_secret *answer, struct fob_error *error)
{
    char path[FOB_PATH_MAX];
    const char *const argv[] = {path, NULL}, *const envp[] = {NULL};
    const struct fob_child child = {
        .argv = argv,
        .envp = envp,
        .input = message->data,
        .input_len = message->len,
        .output_max = FOB_EXCHANGE_REPLY_MAX,
        .timeout_ms = timeout_ms,
    };
    int exit_status;
    enum fob_status status = fob_path_program("fob-net", path, error);

    if (status == FOB_OK)
        status = fob_child_run(&child, answer, &exit_status, error);
    if (status == FOB_OK && exit_status != 0)
        status = fob_error_set(error, FOB_E_FAILED, "fob-net ended with %d",
                               exit_status);
    return status;
}

static void learn(struct fob_request *request, const struct aws_call *call,
                  struct aws_call_reply *reply, int64_t sent_ms)
{
    const char *url = call->endpoint->url;
    int64_t off_s;

    if (!server_clock_learn(url, sent_ms, reply->exchange.date_s,
                            &reply->offset_s) ||
        request->clock_told)
        return;
    request->clock_told = true;
    off_s = reply->offset_s;
    request_note(request,
                 "this machine's clock is %" PRId64 " s %s AWS's; fob allows "
                 "for it; run: timedatectl set-ntp true",
                 off_s < 0 ? -off_s : off_s, off_s < 0 ? "ahead of" : "behind");
}

enum fob_status aws_call_send(struct fob_request *request,
                              const struct aws_call *call,
                              struct aws_call_reply *reply)
{
    int64_t sent_ms = server_clock_local_ms();
    const struct fob_call signing = {
        .endpoint = call->endpoint,
        .key = call->key,
        .body = call->body,
        .time_s = server_clock_now_s(call->endpoint->url),
        .network = call->network,
    };
    struct fob_secret message = {0};
    struct fob_error *error = &request->error;
    enum fob_status status = fob_call_encode(&signing, &message, error);

    *reply = (struct aws_call_reply){0};
    if (status != FOB_OK)
        return status;
    /* From here only fob-net's own word can say that nothing was sent. */
    reply->maybe_sent = true;
    status = run(&message, (int)call->network->total_timeout_ms + GRACE_MS,
                 &reply->message, error);
    if (status == FOB_OK &&
        fob_exchange_reply_decode(reply->message.data, reply->message.len,
                                  &reply->exchange) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED,
                               "fob-net's answer cannot be read");
    if (status == FOB_OK) {
        reply->maybe_sent = reply->exchange.maybe_sent;
        learn(request, call, reply, sent_ms);
    }
    fob_secret_free(&message);
    return status;
}

enum fob_status aws_call_retry(struct fob_request *request,
                               const struct aws_call *call,
                               const struct fob_refusal_context *context,
                               struct aws_call_reply *reply)
{
    enum fob_refusal refusal;
    unsigned tries = 0;
    bool set_clock = false, maybe_done = false, again;
    enum fob_status status;

    do {
        status = aws_call_send(request, call, reply);
        reply->maybe_done = maybe_done;
        if (status != FOB_OK)
            return status;
        refusal =
            fob_refusal_explain(&reply->exchange, context, &request->error);
        again = refusal == FOB_REFUSAL_LATER &&
                !(call->has_codes && aws_call_failed_5xx(reply)) &&
                backoff_wait(&tries);
        if (refusal == FOB_REFUSAL_CLOCK && !set_clock && !call->has_codes)
            again = set_clock = true;
        maybe_done = maybe_done || aws_call_failed_5xx(reply);
        if (again)
            aws_call_reply_free(reply);
    } while (again);
    reply->refusal = refusal;
    return refusal == FOB_REFUSAL_NONE ? FOB_OK : request->error.status;
}

static enum fob_status encode_get(const char *url,
                                  const struct fob_call_network *network,
                                  struct fob_secret *message)
{
    char host[FOB_ENDPOINT_HOST_MAX + 1];
    const struct fob_exchange_request request = {
        .method = "GET",
        .url = url,
        .headers = {{"Host", host}, {"Accept", "application/json"}},
        .header_count = 2,
        .ca_bundle = network->ca_bundle,
        .proxy = network->proxy,
        .no_proxy = network->no_proxy,
        .connect_timeout_ms = network->connect_timeout_ms,
        .total_timeout_ms = network->total_timeout_ms,
    };
    struct fob_url parts;
    enum fob_status status = fob_url_parse(url, &parts);

    if (status == FOB_OK)
        status = fob_url_authority(&parts, host, sizeof(host));
    return status == FOB_OK ? fob_exchange_request_encode(&request, message)
                            : status;
}

enum fob_status aws_call_get(struct fob_request *request, const char *url,
                             const struct fob_call_network *network,
                             struct aws_call_reply *reply)
{
    struct fob_secret message = {0};
    struct fob_error *error = &request->error;
    enum fob_status status = encode_get(url, network, &message);

    *reply = (struct aws_call_reply){0};
    if (status != FOB_OK)
        return fob_error_set(error, status, "the request cannot be made");
    status = run(&message, (int)network->total_timeout_ms + GRACE_MS,
                 &reply->message, error);
    if (status == FOB_OK &&
        fob_exchange_reply_decode(reply->message.data, reply->message.len,
                                  &reply->exchange) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED,
                               "fob-net's answer cannot be read");
    fob_secret_free(&message);
    return status;
}

bool aws_call_failed_5xx(const struct aws_call_reply *reply)
{
    return reply->exchange.http_status >= 500;
}

void aws_call_reply_free(struct aws_call_reply *reply)
{
    fob_secret_free(&reply->message);
    *reply = (struct aws_call_reply){0};
}
