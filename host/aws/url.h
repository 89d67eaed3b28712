/* SPDX-License-Identifier: MIT */
/*
 * The URLs that fob calls: https to any host, plain http to a loopback host
 * only, no user, password, or fragment (RFC 3986).
 */
#ifndef FOB_HOST_AWS_URL_H
#define FOB_HOST_AWS_URL_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FOB_URL_MAX = 8191, FOB_URL_HOST_MAX = 255 };

struct fob_url {
    bool tls;
    bool loopback;                   /* 127.0.0.0/8, ::1 or localhost */
    char host[FOB_URL_HOST_MAX + 1]; /* lower case, no brackets */
    uint16_t port;                   /* the scheme's own when none is given */
    const char *path;                /* into the text; "" when there is none */
    size_t path_len;                 /* without the query */
    const char *query;               /* after the '?'; "" when there is none */
};

/* FOB_E_SYNTAX for what is no such URL, FOB_E_TOO_LONG, or FOB_E_USAGE for
 * plain http to a host that is not loopback. */
FOB_MUST_CHECK enum fob_status fob_url_parse(const char *text,
                                             struct fob_url *url);

/* The Host header: host, and the port unless it is the scheme's own.
 * FOB_E_TOO_LONG when it does not fit. */
FOB_MUST_CHECK enum fob_status fob_url_authority(const struct fob_url *url,
                                                 char *text, size_t cap);

#endif
