/* SPDX-License-Identifier: MIT */
/* One HTTP request (RFC 9112) for credentials, from whatever local program. */
#ifndef FOB_HOST_NET_SERVE_REQUEST_H
#define FOB_HOST_NET_SERVE_REQUEST_H

#include <stddef.h>

enum {
    SERVE_REQUEST_MAX = 8192, /* bytes of a request's head */
    SERVE_MORE = 0,           /* the head has not come to its end */
    SERVE_OK = 200,
    SERVE_BAD = 400,
    SERVE_FORBIDDEN = 403,
    SERVE_NOT_FOUND = 404,
    SERVE_BAD_METHOD = 405,
    SERVE_TOO_LARGE = 431,
    SERVE_UNAVAILABLE = 503,
};

#define SERVE_PATH "/credentials"

/* The HTTP status that the `len` bytes received so far deserve: SERVE_MORE,
 * or SERVE_OK for `GET SERVE_PATH` with `token` as its one Authorization, or
 * what is wrong with it.  The token is compared in constant time; an empty
 * one fits nothing. */
int serve_request_judge(const void *data, size_t len, const char *token);

#endif
