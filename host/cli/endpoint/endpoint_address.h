/* SPDX-License-Identifier: MIT */
/* Where the endpoint listens: an address that SDKs ask by plain http, which is
 * this machine's loopback or one of those that AWS gives its containers. */
#ifndef FOB_HOST_CLI_ENDPOINT_ENDPOINT_ADDRESS_H
#define FOB_HOST_CLI_ENDPOINT_ENDPOINT_ADDRESS_H

#include "host/base/error.h"

#include <netinet/in.h>

enum { ENDPOINT_URI_MAX = 127 };

struct endpoint_address {
    union {
        struct sockaddr any;
        struct sockaddr_in ip4;
        struct sockaddr_in6 ip6;
    } at;
    socklen_t len;
};

/* From "ADDRESS", "ADDRESS:PORT" or "[ADDRESS]:PORT"; NULL is 127.0.0.1, and
 * without a port any that is free.  FOB_E_USAGE, with the error set, for what
 * is none of those addresses. */
FOB_MUST_CHECK enum fob_status
endpoint_address_read(const char *text, struct endpoint_address *address,
                      struct fob_error *error);

/* A socket that listens there; the address then has its port.  The error is
 * set. */
FOB_MUST_CHECK enum fob_status
endpoint_address_listen(struct endpoint_address *address, int *listener,
                        struct fob_error *error);

/* The URI of `path` there. */
void endpoint_address_uri(const struct endpoint_address *address,
                          const char *path,
                          char uri[static ENDPOINT_URI_MAX + 1]);

#endif
