/* SPDX-License-Identifier: MIT */
/* One signed call to AWS, carried by fob-net. */
#ifndef FOB_NETWORK_H
#define FOB_NETWORK_H

#include "host/aws/call.h"
#include "host/base/error.h"

struct fob_network_reply {
    struct fob_secret message; /* holds what `reply` points to */
    struct fob_exchange_reply reply;
};

/* Sign, start fob-net, wait for its word.  FOB_OK when fob-net answered, of
 * whatever kind: fob_refusal_explain tells.  *maybe_sent says whether AWS may
 * have seen the request, on every path. */
FOB_MUST_CHECK enum fob_status network_call(const struct fob_call *call,
                                            struct fob_network_reply *reply,
                                            bool *maybe_sent,
                                            struct fob_error *error);

void network_reply_free(struct fob_network_reply *reply);

#endif
