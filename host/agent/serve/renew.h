/* SPDX-License-Identifier: MIT */
/* Renewing a session ahead of need, behind the caller's back: nobody is asked
 * and nobody waits. */
#ifndef FOB_HOST_AGENT_SERVE_RENEW_H
#define FOB_HOST_AGENT_SERVE_RENEW_H

#include "host/agent/request/request.h"

/* Serve the CREDENTIALS request once more, in a thread, for a session with
 * CREDENTIALS_RENEW_S to live.  One at a time, and after a failure none for a
 * minute; a shared agent only. */
void renew_later(const struct fob_request *request);

#endif
