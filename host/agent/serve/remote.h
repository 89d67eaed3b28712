/* SPDX-License-Identifier: MIT */
/*
 * The second socket, made to be forwarded by ssh: whoever is at its far end
 * gets sessions and codes, and nothing that would outlast or change the vault.
 */
#ifndef FOB_HOST_AGENT_SERVE_REMOTE_H
#define FOB_HOST_AGENT_SERVE_REMOTE_H

#include "host/agent/request/request.h"

/* Whether the request, which came by that socket, may be served: one that the
 * list of requests opens to it, and no code of a time that is asked for.
 * FOB_E_FAILED, with the error set, for any other. */
FOB_MUST_CHECK enum fob_status remote_check(struct fob_request *request,
                                            bool is_allowed);

#endif
