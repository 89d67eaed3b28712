/* SPDX-License-Identifier: MIT */
/*
 * AWS Signature Version 4 in the Authorization header.  Pure: the caller
 * gives the time.  The rules are those of all services but S3.
 */
#ifndef FOB_HOST_AWS_SIGV4_H
#define FOB_HOST_AWS_SIGV4_H

#include "host/aws/exchange.h"

enum {
    FOB_SIGV4_DATE_LEN = 16, /* 20150830T123600Z */
    FOB_SIGV4_AUTHORIZATION_MAX = 1023,
};

struct fob_sigv4_key {
    const char *access_key_id;
    const uint8_t *secret;
    size_t secret_len;
    const char *session_token; /* "" for a long-term key */
};

struct fob_sigv4_request {
    const char *method;
    const char *host;  /* the Host header as it is sent */
    const char *path;  /* as it is sent; "" is "/" */
    const char *query; /* as it is sent, without the '?' */
    /* Further headers, all of them signed; neither Host nor X-Amz-Date nor
     * X-Amz-Security-Token nor Authorization. */
    const struct fob_exchange_header *headers;
    size_t header_count;
    const void *body;
    size_t body_len;
    const char *region;
    const char *service;
    int64_t time_s; /* unix time of the server, as far as it is known */
};

/* Headers to add beside Host and the session token. */
struct fob_sigv4_signature {
    char date[FOB_SIGV4_DATE_LEN + 1]; /* X-Amz-Date */
    char authorization[FOB_SIGV4_AUTHORIZATION_MAX + 1];
};

/* FOB_E_TOO_LONG when a part is over what can be signed here (path, query,
 * headers), FOB_E_USAGE for a time outside 1970 to 9999; `signature` is then
 * all zero. */
FOB_MUST_CHECK enum fob_status
fob_sigv4_sign(const struct fob_sigv4_request *request,
               const struct fob_sigv4_key *key,
               struct fob_sigv4_signature *signature);

#endif
