/* SPDX-License-Identifier: MIT */
/* What opens a token, made new: the passphrase of our own, the password of
 * other makers'. */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_SECRET_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_SECRET_H

#include "host/agent/tokens/token.h"

/* Ask for a new `what`, which must not be empty; error set. */
FOB_MUST_CHECK enum fob_status token_secret_ask(struct token_session *session,
                                                const char *what,
                                                struct fob_secret *answer);

/* Have the token open with it alone, or with nothing; error not set. */
FOB_MUST_CHECK enum fob_status
token_secret_set(struct token_session *session,
                 const struct fob_secret *secret);
FOB_MUST_CHECK enum fob_status token_secret_drop(struct token_session *session);

#endif
