/* SPDX-License-Identifier: MIT */
#include "host/agent/network/aws_call.h"

#include "host/agent/network/backoff.h"
#include "host/agent/state/server_clock.h"
#include "host/aws/url.h"
#include "host/base/child.h"
#include "host/base/path.h"

#include <inttypes.h>
#include <signal.h>

enum {
    GRACE_MS = 5000, /* fob-net ends by itself before this is over */
};

static enum fob_status run_fob_net(const struct fob_secret *message,
                                   int timeout_ms, struct fob_secret *answer,
                                   struct fob_error *error)
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
    if (status == FOB_OK && exit_status == FOB_CHILD_SIGNALLED + SIGSYS)
        status = fob_error_set(error, FOB_E_FAILED,
                               "fob-net was ended by its sandbox: it made a "
                               "system call that no exchange needs");
    else if (status == FOB_OK && exit_status != 0)
        status = fob_error_set(error, FOB_E_FAILED, "fob-net ended with %d",
                               exit_status);
    return status;
}

static void learn_clock(struct fob_request *request,
                        const struct aws_call *call,
                        struct aws_call_reply *reply, int64_t sent_ms)
{
    struct fob_error ignored;
    int64_t off_s;

    /* One that is a day off is allowed for by nobody but a person. */
    if (!server_clock_learn(call->endpoint, sent_ms, reply->exchange.date_s,
                            &reply->offset_s) ||
        request->clock_told ||
        server_clock_check(call->endpoint, &ignored) != FOB_OK)
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
        .time_s = server_clock_now_s(call->endpoint),
        .network = call->network,
    };
    struct fob_secret message = {0};
    struct fob_error *error = &request->error;
    enum fob_status status = server_clock_check(call->endpoint, error);

    *reply = (struct aws_call_reply){0};
    if (status == FOB_OK)
        status = fob_call_encode(&signing, &message, error);
    if (status != FOB_OK)
        return status;
    /* From here only fob-net's own word can say that nothing was sent. */
    reply->maybe_sent = true;
    status =
        run_fob_net(&message, (int)call->network->total_timeout_ms + GRACE_MS,
                    &reply->message, error);
    if (status == FOB_OK &&
        fob_exchange_reply_decode(reply->message.data, reply->message.len,
                                  &reply->exchange) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED,
                               "fob-net's answer cannot be read");
    if (status == FOB_OK) {
        reply->maybe_sent = reply->exchange.maybe_sent;
        learn_clock(request, call, reply, sent_ms);
    }
    fob_secret_free(&message);
    return status;
}

/* What has been tried of one call. */
struct tries {
    unsigned later;
    bool has_set_clock;
    bool maybe_done; /* one failed with 5xx, maybe after it took effect */
};

/* Whether the call that was refused is made again: after a pause for "later",
 * at once with the clock as it is known now. */
static enum fob_status decide_retry(struct fob_request *request,
                                    const struct aws_call *call,
                                    const struct aws_call_reply *reply,
                                    struct tries *tries, bool *is_again)
{
    bool may_repeat = !call->has_codes || !aws_call_failed_5xx(reply);

    *is_again = false;
    if (reply->refusal == FOB_REFUSAL_LATER && may_repeat)
        return backoff_wait(request, &tries->later, is_again);
    if (reply->refusal == FOB_REFUSAL_CLOCK && !tries->has_set_clock &&
        !call->has_codes)
        *is_again = tries->has_set_clock = true;
    return FOB_OK;
}

/* With a reply: whatever fob-net answered, as AWS's word on the call. */
static enum fob_status try_once(struct fob_request *request,
                                const struct aws_call *call,
                                const struct fob_refusal_context *context,
                                struct aws_call_reply *reply)
{
    enum fob_status status = aws_call_send(request, call, reply);

    if (status == FOB_OK)
        reply->refusal =
            fob_refusal_explain(&reply->exchange, context, &request->error);
    return status;
}

enum fob_status aws_call_retry(struct fob_request *request,
                               const struct aws_call *call,
                               const struct fob_refusal_context *context,
                               struct aws_call_reply *reply)
{
    struct tries tries = {0};
    bool is_again;
    enum fob_status status;

    for (;;) {
        status = try_once(request, call, context, reply);
        reply->maybe_done = tries.maybe_done;
        if (status != FOB_OK || reply->refusal == FOB_REFUSAL_NONE)
            return status;
        status = decide_retry(request, call, reply, &tries, &is_again);
        if (status != FOB_OK)
            reply->refusal = FOB_REFUSAL_NONE;
        if (!is_again)
            return request->error.status;
        tries.maybe_done |= aws_call_failed_5xx(reply);
        aws_call_reply_free(reply);
    }
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
    status = run_fob_net(&message, (int)network->total_timeout_ms + GRACE_MS,
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
