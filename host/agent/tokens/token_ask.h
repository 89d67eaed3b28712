/* SPDX-License-Identifier: MIT */
/* A question about a token, which others may use meanwhile. */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_ASK_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_ASK_H

#include "host/agent/tokens/token.h"

/* As request_ask.  The token is let go of until there is an answer, and opened
 * again then: look anew at what it is.  Only one that has been given a
 * password, which holds for this session alone, is kept.  `session` is closed
 * on a fault, and the error set. */
FOB_MUST_CHECK enum fob_status token_ask(struct token_session *session,
                                         enum fob_question question,
                                         const char *text,
                                         struct fob_secret *answer);

#endif
