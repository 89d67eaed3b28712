/* SPDX-License-Identifier: MIT */
/* `fob-net --serve`: started, and fed (host/net/feed.h). */
#ifndef FOB_HOST_CLI_ENDPOINT_ENDPOINT_NET_H
#define FOB_HOST_CLI_ENDPOINT_ENDPOINT_NET_H

#include "host/cli/call/command.h"
#include "host/net/feed.h"

enum { SERVE_TOKEN_LEN = 64 }; /* hex: 256 bits */

struct serve_net {
    int feed; /* -1 while there is none */
    uint16_t port;
    char token[SERVE_TOKEN_LEN + 1];
};

/* Listen on a free port of 127.0.0.1, start fob-net there and give it a new
 * token.  To be closed on every path.  The standard three descriptors must be
 * open. */
FOB_MUST_CHECK enum fob_status serve_net_start(struct serve_net *net,
                                               struct fob_error *error);
void serve_net_close(struct serve_net *net);

/* One message.  FOB_E_FAILED when fob-net is gone. */
FOB_MUST_CHECK enum fob_status serve_net_feed(const struct serve_net *net,
                                              enum feed_type type,
                                              uint64_t end_s, const void *text,
                                              size_t len);

#endif
