/* SPDX-License-Identifier: MIT */
/*
 * fob-net: one exchange with the network on behalf of fob-agent.  A request
 * message comes on stdin, a reply message goes to stdout, see docs/protocol.md;
 * exit status 0 says that it is whole.  Nothing else is ever written.
 * `fob-net --serve` answers local callers instead, see serve.h.
 */
#include "host/base/file.h"
#include "host/net/answer.h"
#include "host/net/feed.h"
#include "host/net/limits.h"
#include "host/net/sandbox.h"
#include "host/net/serve.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum fob_status answer_message(struct fob_secret *message,
                                      struct fob_secret *reply)
{
    enum fob_status status;

    status = fob_secret_read(message, STDIN_FILENO, FOB_EXCHANGE_REQUEST_MAX);
    if (status == FOB_OK)
        status = net_answer(message, reply);
    if (status == FOB_OK)
        status = fob_file_write_all(STDOUT_FILENO, reply->data, reply->len);
    return status;
}

static enum fob_status exchange_once(void)
{
    struct fob_secret message = {NULL, 0, 0}, reply = {NULL, 0, 0};
    enum fob_status status;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return FOB_E_FAILED;
    status = answer_message(&message, &reply);
    fob_secret_free(&message);
    fob_secret_free(&reply);
    curl_global_cleanup();
    return status;
}

static enum fob_status serve_callers(void)
{
    struct fob_error error = {FOB_OK, "", ""};
    enum fob_status status = net_sandbox_enter_server(&error);

    return status == FOB_OK ? serve_run(STDIN_FILENO, FEED_LISTENER_FD)
                            : status;
}

int main(int argc, char **argv)
{
    bool serves = argc == 2 && strcmp(argv[1], "--serve") == 0;
    enum fob_status status =
        net_limits_set(serves ? NET_LIFE_LONG : NET_LIFE_SHORT);

    if (status == FOB_OK)
        status = fob_secret_start();
    if (status == FOB_OK)
        status = serves ? serve_callers() : exchange_once();
    return status == FOB_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
