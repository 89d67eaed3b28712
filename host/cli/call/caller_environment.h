/* SPDX-License-Identifier: MIT */
/* What of the caller's environment the agent needs: it has none itself. */
#ifndef FOB_HOST_CLI_CALL_CALLER_ENVIRONMENT_H
#define FOB_HOST_CLI_CALL_CALLER_ENVIRONMENT_H

#include "host/cli/call/command.h"

/* Put the variables that say where AWS is and what it knows of us into
 * call->request, paths made absolute, and those that a program which the agent
 * runs for us may need. */
FOB_MUST_CHECK enum fob_status
caller_environment_put(struct command_call *call);

/* Put FOB_TOKEN, which names a token or the socket of a simulated one. */
FOB_MUST_CHECK enum fob_status
caller_environment_put_token(struct command_call *call);

/* Put the variables that lead to where the person sits: a screen, a terminal.
 */
void caller_environment_put_desktop(struct command_call *call);

/* The profile that the line names, else AWS_PROFILE's, AWS_DEFAULT_PROFILE's,
 * or "default". */
const char *caller_environment_profile(const struct command_call *call);

/* Put it as FOB_TAG_PROFILE; the name is returned. */
const char *caller_environment_put_profile(struct command_call *call);

/* Of what cannot be undone: nobody means "default" by saying nothing. */
FOB_MUST_CHECK enum fob_status
caller_environment_need_profile(struct command_call *call);

#endif
