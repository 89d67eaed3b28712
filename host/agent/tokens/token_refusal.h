/* SPDX-License-Identifier: MIT */
/*
 * Answers of files that a token has refused.  Programs ask again and again,
 * and a token counts wrong passphrases: so a file that was wrong once is not
 * offered to that token again until it is written anew, and the last tries are
 * a person's.  What is remembered is on disk, for all agents: an empty file
 * for each, whose name says which token and which file, nothing of what was in
 * it.
 */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_REFUSAL_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_REFUSAL_H

#include "host/agent/tokens/token.h"

enum { TOKEN_TRIES_OF_PERSON = 3 };

enum token_refusal {
    TOKEN_REFUSAL_NONE,  /* the request's latest answer may be offered */
    TOKEN_REFUSAL_KNOWN, /* it is a file's, and was refused */
    TOKEN_REFUSAL_LAST,  /* it is a file's, and the tries left are a person's */
};

/* `tries`: how many the token has left. */
enum token_refusal token_refusal_find(const struct token_session *session,
                                      unsigned tries);

/* The token, which is still open, has refused the request's latest answer. */
void token_refusal_note(const struct token_session *session);

/* Why a file's answer was not offered to the token `serial`, and nobody could
 * be asked for another. */
enum fob_status token_refusal_word(struct fob_error *error, const char *serial,
                                   enum token_refusal refusal, unsigned tries);

#endif
