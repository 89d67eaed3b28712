/* SPDX-License-Identifier: MIT */
/* Typed values out of a flattened reply; for sts.c and iam.c only. */
#ifndef FOB_HOST_AWS_REPLY_H
#define FOB_HOST_AWS_REPLY_H

#include "host/aws/exchange.h"
#include "host/base/error.h"

/* The value at a path given by a format, or "" when there is none or one that
 * is not a line of UTF-8. */
__attribute__((format(printf, 2, 3))) const char *
reply_text(const struct fob_exchange_reply *reply, const char *format, ...);

/* A time in RFC 3339 as unix time; 0 for none. */
int64_t reply_time(const char *text);

/* FOB_E_REPLY, error set with `what`, when `text` is empty or does not fit. */
FOB_MUST_CHECK enum fob_status reply_copy(const char *text, const char *what,
                                          char *copy, size_t cap,
                                          struct fob_error *error);
FOB_MUST_CHECK enum fob_status reply_secret(const char *text, const char *what,
                                            struct fob_secret *secret,
                                            struct fob_error *error);

/* The fault of a reply that lacks `what`. */
enum fob_status reply_lacks(const char *what, struct fob_error *error);

#endif
