/* SPDX-License-Identifier: MIT */
/*
 * fob-net: one exchange with the network on behalf of fob-agent.  A request
 * message comes on stdin, a reply message goes to stdout, see docs/protocol.md;
 * exit status 0 says that it is whole.  Nothing else is ever written.
 */
#include "host/base/file.h"
#include "host/net/answer.h"
#include "host/net/limits.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <unistd.h>

static enum fob_status serve(struct fob_secret *message,
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

int main(void)
{
    struct fob_secret message = {NULL, 0, 0}, reply = {NULL, 0, 0};
    enum fob_status status;

    if (net_limits_set() != FOB_OK || fob_secret_start() != FOB_OK ||
        curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return EXIT_FAILURE;
    status = serve(&message, &reply);
    fob_secret_free(&message);
    fob_secret_free(&reply);
    curl_global_cleanup();
    return status == FOB_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
