/* SPDX-License-Identifier: MIT */
/* A confirmation on use, as `ssh-add -c` has it. */
#ifndef FOB_HOST_AGENT_REMOTE_REMOTE_CONFIRM_H
#define FOB_HOST_AGENT_REMOTE_REMOTE_CONFIRM_H

#include "host/agent/request/request.h"

/* Ask a person of this machine whether the far side gets `what` (such as "a
 * code of the account") of `name`.  One is asked at a time, for half a minute;
 * after a no, or no answer, nothing is asked for that socket for another half.
 * FOB_E_FORBIDDEN, with the error set, for everything but a yes; FOB_E_AGENT
 * when whoever wanted it has hung up.  A request that gives nothing to anybody
 * is not asked about. */
FOB_MUST_CHECK enum fob_status remote_confirm_use(struct fob_request *request,
                                                  enum fob_remote_confirm how,
                                                  const char *what,
                                                  const char *name);

#endif
