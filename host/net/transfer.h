/* SPDX-License-Identifier: MIT */
/* One request in the hands of libcurl; for http.c and transfer.c only. */
#ifndef FOB_HOST_NET_TRANSFER_H
#define FOB_HOST_NET_TRANSFER_H

#include "host/aws/url.h"
#include "host/net/http.h"

#include <curl/curl.h>

enum { TRANSFER_HOST_MAX = FOB_URL_HOST_MAX + 8 }; /* "[IPV6]:PORT" */

struct transfer {
    const struct fob_exchange_request *request;
    struct fob_url url;
    char host[TRANSFER_HOST_MAX + 1];
    struct net_http *http;
    CURL *curl;
    struct curl_slist *headers;
    char detail[CURL_ERROR_SIZE];
    CURLcode code;  /* the first fault sticks */
    bool too_large; /* the reply */
};

/* Set `transfer->curl` up for the request: what it sends, the way there, and
 * TLS; a fault is left in `code`. */
void transfer_set(struct transfer *transfer);

#endif
