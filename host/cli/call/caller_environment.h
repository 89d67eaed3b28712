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

/* Put operand `index` as FOB_TAG_PROFILE, or AWS_PROFILE when it is absent;
 * *profile is the name. */
FOB_MUST_CHECK enum fob_status
caller_environment_put_profile(struct command_call *call, int index,
                               const char **profile);

#endif
