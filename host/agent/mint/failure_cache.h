/* SPDX-License-Identifier: MIT */
/*
 * Of many callers who want one session, one asks AWS and the others wait.
 * When that fails, whoever waited shares the failure: each of them asking
 * again would spend a code, or a person's touch, to be told the same.
 */
#ifndef FOB_HOST_AGENT_MINT_FAILURE_CACHE_H
#define FOB_HOST_AGENT_MINT_FAILURE_CACHE_H

#include "host/agent/request/request.h"
#include "host/agent/state/session.h"
#include "host/aws/refusal.h"

/* What is wanted, and since when. */
struct flight {
    struct session_key key;
    uint32_t duration_s;
    int64_t begun_ms; /* monotonic */
};

/* Tell those who wait for it that it ended with request->error. */
void flight_fail(struct fob_request *request, const struct flight *flight,
                 enum fob_refusal refusal);

/* Whether another such flight has failed since this one was begun; how, is
 * in request->error then. */
bool flight_has_failed(struct fob_request *request, const struct flight *flight,
                       enum fob_refusal *refusal);

#endif
