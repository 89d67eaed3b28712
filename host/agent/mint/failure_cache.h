/* SPDX-License-Identifier: MIT */
/*
 * Of many callers who want one session, one asks AWS and the others wait.
 * When that fails, whoever waited shares the failure: each of them asking
 * again would spend a code, or a person's touch, to get the same.
 */
#ifndef FOB_HOST_AGENT_MINT_FAILURE_CACHE_H
#define FOB_HOST_AGENT_MINT_FAILURE_CACHE_H

#include "host/agent/request/request.h"
#include "host/agent/state/session_cache.h"
#include "host/aws/refusal.h"

/* What is wanted, and since when. */
struct session_attempt {
    struct session_key key;
    uint32_t duration_s;
    int64_t begun_ms; /* monotonic */
};

/* Share with those who wait for it that it ended with request->error. */
void failure_cache_put(struct fob_request *request,
                       const struct session_attempt *attempt,
                       enum fob_refusal refusal);

/* Whether another such attempt has failed since this one was begun; how, is
 * in request->error then. */
bool failure_cache_find(struct fob_request *request,
                        const struct session_attempt *attempt,
                        enum fob_refusal *refusal);

#endif
