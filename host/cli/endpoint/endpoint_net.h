/* SPDX-License-Identifier: MIT */
/* `fob-net --serve`: started, and fed (host/net/feed.h). */
#ifndef FOB_HOST_CLI_ENDPOINT_ENDPOINT_NET_H
#define FOB_HOST_CLI_ENDPOINT_ENDPOINT_NET_H

#include "host/cli/call/command.h"
#include "host/cli/endpoint/endpoint_address.h"
#include "host/net/feed.h"

enum { ENDPOINT_TOKEN_LEN = 64 }; /* hex: 256 bits */

struct endpoint_net {
    int feed;                        /* -1 while there is none */
    struct endpoint_address address; /* with its port */
    char token[ENDPOINT_TOKEN_LEN + 1];
};

/* Listen at `address`, start fob-net there and give it a new token.  To be
 * closed on every path.  The standard three descriptors must be open. */
FOB_MUST_CHECK enum fob_status
endpoint_net_start(struct endpoint_net *net,
                   const struct endpoint_address *address,
                   struct fob_error *error);
void endpoint_net_close(struct endpoint_net *net);

/* One message.  FOB_E_FAILED when fob-net is gone. */
FOB_MUST_CHECK enum fob_status endpoint_net_feed(const struct endpoint_net *net,
                                                 enum feed_type type,
                                                 uint64_t end_s,
                                                 const void *text, size_t len);

#endif
