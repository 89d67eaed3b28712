/* SPDX-License-Identifier: MIT */
/* What libcurl's error codes mean to a person. */
#ifndef FOB_HOST_NET_FAULT_H
#define FOB_HOST_NET_FAULT_H

#include "host/base/error.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

struct net_fault {
    CURLcode code;
    CURL *curl;
    const char *host;      /* with its port, as in the Host header */
    const char *proxy;     /* as it was given, or "" */
    const char *ca_bundle; /* "" for the system's */
    const char *detail;    /* libcurl's own words, or "" */
    uint32_t timeout_ms;
    bool maybe_sent;
    bool too_large; /* the reply; what libcurl calls a write error */
};

/* The status, error set. */
enum fob_status net_fault_explain(const struct net_fault *fault,
                                  struct fob_error *error);

#endif
