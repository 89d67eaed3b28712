/* SPDX-License-Identifier: MIT */
/* The lock of a state file, waited for on behalf of a request. */
#ifndef FOB_HOST_AGENT_STATE_STATE_LOCK_H
#define FOB_HOST_AGENT_STATE_STATE_LOCK_H

#include "host/agent/request/request.h"

/* As state_file_lock, for as long as the caller waits, who is told that it
 * does: FOB_E_AGENT, with the error set, once it hung up. */
FOB_MUST_CHECK enum fob_status state_lock_wait(struct fob_request *request,
                                               const char *path, int *lock);

#endif
