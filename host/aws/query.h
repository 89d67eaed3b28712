/* SPDX-License-Identifier: MIT */
/* Form-encoded bodies of the Query protocol. */
#ifndef FOB_HOST_AWS_QUERY_H
#define FOB_HOST_AWS_QUERY_H

#include "host/base/secret.h"

/* The first fault sticks and is told by end. */
struct fob_query {
    struct fob_secret *body;
    enum fob_status status;
};

/* Begin a body in the empty `body`: Action=...&Version=... */
void fob_query_start(struct fob_query *query, struct fob_secret *body,
                     const char *action, const char *version);

/* &name=value, both percent-encoded (RFC 3986, unreserved left alone); a
 * NULL or empty value is left out. */
void fob_query_put(struct fob_query *query, const char *name,
                   const char *value);
/* Likewise with an empty value kept. */
void fob_query_put_empty(struct fob_query *query, const char *name,
                         const char *value);
void fob_query_put_number(struct fob_query *query, const char *name,
                          uint64_t value);

/* FOB_OK, or the first fault with `body` emptied. */
FOB_MUST_CHECK enum fob_status fob_query_end(struct fob_query *query);

#endif
