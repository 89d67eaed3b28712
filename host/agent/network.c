/* SPDX-License-Identifier: MIT */
#include "host/agent/network.h"

#include "host/base/child.h"
#include "host/base/path.h"

/* fob-net ends by itself before this: a bound for one that hangs. */
enum { GRACE_MS = 5000 };

static enum fob_status run(const struct fob_call *call,
                           const struct fob_secret *request,
                           struct fob_secret *answer, struct fob_error *error)
{
    char path[FOB_PATH_MAX];
    const char *const argv[] = {path, NULL}, *const envp[] = {NULL};
    struct fob_child child = {
        .argv = argv,
        .envp = envp,
        .input = request->data,
        .input_len = request->len,
        .output_max = FOB_EXCHANGE_REPLY_MAX,
        .timeout_ms = (int)call->network->total_timeout_ms + GRACE_MS,
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

enum fob_status network_call(const struct fob_call *call,
                             struct fob_network_reply *reply, bool *maybe_sent,
                             struct fob_error *error)
{
    struct fob_secret request = {0};
    enum fob_status status;

    *reply = (struct fob_network_reply){0};
    *maybe_sent = false;
    status = fob_call_encode(call, &request, error);
    if (status != FOB_OK)
        return status;
    /* From here only fob-net's own word can say that nothing was sent. */
    *maybe_sent = true;
    status = run(call, &request, &reply->message, error);
    if (status == FOB_OK &&
        fob_exchange_reply_decode(reply->message.data, reply->message.len,
                                  &reply->reply) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED,
                               "fob-net's answer cannot be read");
    if (status == FOB_OK)
        *maybe_sent = reply->reply.maybe_sent;
    else
        network_reply_free(reply);
    fob_secret_free(&request);
    return status;
}

void network_reply_free(struct fob_network_reply *reply)
{
    fob_secret_free(&reply->message);
    reply->reply = (struct fob_exchange_reply){0};
}
