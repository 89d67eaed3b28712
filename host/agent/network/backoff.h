/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_NETWORK_BACKOFF_H
#define FOB_HOST_AGENT_NETWORK_BACKOFF_H

#include "host/agent/request/request.h"

/* After AWS said "later": count one more try and wait, with jitter, about half
 * a second, then one, then two.  *may_try: whether there is one; false, at
 * once, when it was enough.  FOB_E_AGENT, and the error is set, when the
 * caller hung up meanwhile: nothing more is to be done for it. */
FOB_MUST_CHECK enum fob_status backoff_wait(struct fob_request *request,
                                            unsigned *tries, bool *may_try);

#endif
