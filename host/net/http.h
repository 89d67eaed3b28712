/* SPDX-License-Identifier: MIT */
/* Exactly one HTTP request: no retry, no redirect, no memory of others. */
#ifndef FOB_HOST_NET_HTTP_H
#define FOB_HOST_NET_HTTP_H

#include "host/aws/exchange.h"
#include "host/base/error.h"

enum {
    NET_BODY_MAX = 1024 * 1024,
    NET_TYPE_MAX = 127,
    NET_REQUEST_ID_MAX = 127,
};

/* Owned, to be freed. */
struct net_http {
    struct fob_secret body;
    char type[NET_TYPE_MAX + 1]; /* Content-Type in lower case, without
                                    parameters; "" for none */
    char request_id[NET_REQUEST_ID_MAX + 1];
    uint16_t status;
    uint64_t date_s; /* 0: none */
    bool maybe_sent; /* the server may have read the request */
};

/* FOB_OK for a whole reply of any HTTP status but 3xx; FOB_E_NETWORK or
 * FOB_E_REPLY, error set, with `http` telling how far it came. */
FOB_MUST_CHECK enum fob_status
net_http_run(const struct fob_exchange_request *request, struct net_http *http,
             struct fob_error *error);

void net_http_free(struct net_http *http);

#endif
