/* SPDX-License-Identifier: MIT */
/* Answering the agent's questions, each from the sources it may come from. */
#ifndef FOB_HOST_CLI_CALL_ANSWER_H
#define FOB_HOST_CLI_CALL_ANSWER_H

#include "host/cli/call/command.h"

/* Fill the empty `answer` and the zeroed `source`.  FOB_E_NOBODY when nobody
 * can be asked, which the agent reports, for it knows what for; on any other
 * fault call->error is set. */
FOB_MUST_CHECK enum fob_status answer_find(struct command_call *call,
                                           enum fob_question question,
                                           const char *text,
                                           struct fob_secret *answer,
                                           struct fob_client_source *source);

#endif
