/* SPDX-License-Identifier: MIT */
/* From a body to the message for fob-net: sign, then encode. */
#ifndef FOB_HOST_AWS_CALL_H
#define FOB_HOST_AWS_CALL_H

#include "host/aws/endpoint.h"
#include "host/aws/sigv4.h"

/* How fob-net is to reach the network; "" where there is none. */
struct fob_call_network {
    const char *ca_bundle;
    const char *proxy;
    const char *no_proxy;
    uint32_t connect_timeout_ms;
    uint32_t total_timeout_ms;
};

struct fob_call {
    const struct fob_endpoint *endpoint;
    const struct fob_sigv4_key *key;
    const struct fob_secret *body; /* of sts.h and iam.h */
    int64_t time_s;                /* server time, see clock.h */
    const struct fob_call_network *network;
};

/* The signed POST in the empty `message`, which is left empty on a fault;
 * on a fault the error is set. */
FOB_MUST_CHECK enum fob_status fob_call_encode(const struct fob_call *call,
                                               struct fob_secret *message,
                                               struct fob_error *error);

#endif
