/* SPDX-License-Identifier: MIT */
/* One signed call to AWS, carried by fob-net, on the server's time. */
#ifndef FOB_HOST_AGENT_NETWORK_AWS_CALL_H
#define FOB_HOST_AGENT_NETWORK_AWS_CALL_H

#include "host/agent/request/request.h"
#include "host/aws/call.h"
#include "host/aws/refusal.h"

struct aws_call {
    const struct fob_endpoint *endpoint;
    const struct fob_sigv4_key *key;
    const struct fob_secret *body; /* of host/aws/sts.h and iam.h */
    const struct fob_call_network *network;
    bool has_codes; /* good once and now; only aws_call_retry heeds it */
};

struct aws_call_reply {
    struct fob_secret message; /* holds what `exchange` points to */
    struct fob_exchange_reply exchange;
    bool maybe_sent;          /* AWS may have seen the request; true on doubt */
    int64_t offset_s;         /* of the endpoint's clock, as now known */
    enum fob_refusal refusal; /* of aws_call_retry: why AWS said no */
    bool maybe_done;          /* of aws_call_retry: a try before the last failed
                                 with 5xx, maybe after it took effect */
};

/* Sign with the endpoint's time, start fob-net, learn the time from its
 * reply; a clock that is off is reported, and for one that is a day off
 * nothing is signed (server_clock_check).  FOB_OK when fob-net
 * answered, of whatever kind: fob_refusal_explain tells.  `reply` is to be
 * freed on every path; maybe_sent is right on every path. */
FOB_MUST_CHECK enum fob_status aws_call_send(struct fob_request *request,
                                             const struct aws_call *call,
                                             struct aws_call_reply *reply);
/* As above, for calls without a code for a session: "later" is tried again,
 * and so is, once, a signature that only the clock made wrong.  With has_codes
 * a try that failed with 5xx is not, nor one whose codes are of the wrong time
 * too.  FOB_OK when AWS did what was asked; else what fob_refusal_explain says
 * and sets as the error, or FOB_E_AGENT when the caller hung up between two
 * tries. */
FOB_MUST_CHECK enum fob_status
aws_call_retry(struct fob_request *request, const struct aws_call *call,
               const struct fob_refusal_context *context,
               struct aws_call_reply *reply);

/* An unsigned GET of `url`, which may hold secrets; `reply` as above. */
FOB_MUST_CHECK enum fob_status
aws_call_get(struct fob_request *request, const char *url,
             const struct fob_call_network *network,
             struct aws_call_reply *reply);

/* Whether the try failed at AWS's side, maybe after it took effect. */
bool aws_call_failed_5xx(const struct aws_call_reply *reply);

void aws_call_reply_free(struct aws_call_reply *reply);

#endif
