/* SPDX-License-Identifier: MIT */
/*
 * Tokens that this agent opened with their passphrase are locked when the
 * vault is: by LOCK, STOP, a timeout, the agent's end.  A thread of its own
 * does it, so that a token that is in use, or gone, keeps nobody waiting; one
 * that another program opened, or that had no power since, is left alone.
 * A private agent lasts for one command and locks nothing.
 */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_LOCK_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_LOCK_H

#include "host/agent/tokens/token.h"

/* The session's token was opened, or given a passphrase while it was open. */
void token_lock_note(const struct token_session *session);

/* Lock the session's token now; error set. */
FOB_MUST_CHECK enum fob_status token_lock_now(struct token_session *session);

/* Wait a little for tokens that are being locked; what is to be said of each
 * that is open all the same, "token SERIAL " and then `what`, is a note. */
void token_lock_await(struct fob_request *request, const char *what);

#endif
