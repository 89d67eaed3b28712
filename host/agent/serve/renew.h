/* SPDX-License-Identifier: MIT */
/* Renewing a session ahead of need, behind the caller's back: nobody is asked
 * and nobody waits. */
#ifndef FOB_HOST_AGENT_SERVE_RENEW_H
#define FOB_HOST_AGENT_SERVE_RENEW_H

#include "host/agent/request/request.h"

/* A session with less than this to live is renewed ahead of need. */
enum { RENEW_BELOW_S = 20 * 60 };

/* Whether a session with `left_s` to live is renewed (INT64_MAX: it does not
 * end), of which `duration_s` was wanted, 0 for whatever is usual. */
bool renew_is_due(uint32_t duration_s, int64_t left_s);

/* Have the request served once more, in a thread, for nobody.  One at a time,
 * and after a failure none for a minute; a shared agent only. */
void renew_later(const struct fob_request *request,
                 enum fob_status (*serve)(struct fob_request *request));

#endif
