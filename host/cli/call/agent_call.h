/* SPDX-License-Identifier: MIT */
/* One request and its reply, with the person in between. */
#ifndef FOB_HOST_CLI_CALL_AGENT_CALL_H
#define FOB_HOST_CLI_CALL_AGENT_CALL_H

#include "host/cli/call/command.h"

/* Send call->request to an agent, started when none runs, and fill
 * call->reply.  A private agent stays for the next request. */
FOB_MUST_CHECK enum fob_status agent_call_run(struct command_call *call);

/* As above, with a running agent only, for what it answers at once: *is_running
 * is false, and nothing else happened, when there is none; FOB_E_AGENT when it
 * says nothing for some seconds. */
FOB_MUST_CHECK enum fob_status
agent_call_run_if_running(struct command_call *call, bool *is_running);

/* The same with each agent that runs: there may be several for a while, when
 * fob was of a version that kept them apart.  `then`, which may be NULL, is
 * called after each that has answered.  The first fault is returned. */
FOB_MUST_CHECK enum fob_status
agent_call_run_everywhere(struct command_call *call,
                          enum fob_status (*then)(struct command_call *call),
                          bool *is_running);

/* Leave the agent; a private one has ended then.  Harmless when there is
 * none. */
void agent_call_end(struct command_call *call);

#endif
