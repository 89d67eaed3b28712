/* SPDX-License-Identifier: MIT */
/* Codes of an account whose seed is on a token. */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_SEED_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_SEED_H

#include "host/agent/tokens/token.h"
#include "host/vault/accounts.h"

struct token_seed {
    struct token_session session; /* lock -1 while closed */
    const struct fob_vault_account *account;
    char name[FOB_TOKEN_NAME_MAX + 1]; /* on the token */
    struct fob_token_account facts;    /* has_facts on our own tokens */
};

/* Have the token of `account` ready.  FOB_E_TOKEN_ABSENT when it is not
 * there; FOB_E_NOT_FOUND when it no longer has the seed; each with the error
 * set, and `seed` is closed then. */
FOB_MUST_CHECK enum fob_status
token_seed_open(struct fob_request *request,
                const struct fob_vault_account *account,
                struct token_seed *seed);
/* The same, but FOB_E_BUSY, error not set, when another request has the token.
 */
FOB_MUST_CHECK enum fob_status
token_seed_open_now(struct fob_request *request,
                    const struct fob_vault_account *account,
                    struct token_seed *seed);
void token_seed_close(struct token_seed *seed);

/* The lowest step that it will give a code of: its mark; 0 without one. */
uint64_t token_seed_watermark(const struct token_seed *seed);

/* A code, which may take a touch: of `step`, or of a HOTP account the next. */
FOB_MUST_CHECK enum fob_status
token_seed_code(struct token_seed *seed, uint64_t step,
                char code[static FOB_CODE_MAX + 1]);

/* Take the mark of time back, which takes a touch. */
FOB_MUST_CHECK enum fob_status token_seed_time_reset(struct token_seed *seed);

/* Put the seed of `account` on the token `serial` ("": as token_open has it),
 * which moves it there: account->token is filled in, the secret wiped.  The
 * session is left open for the caller, who either keeps the account or calls
 * token_seed_take_back. */
struct token_seed_options {
    const char *serial;
    bool untouched;  /* codes need no touch */
    bool overwrites; /* one of the same name */
};
FOB_MUST_CHECK enum fob_status token_seed_put(
    struct fob_request *request, const struct token_seed_options *wish,
    struct fob_vault_account *account, struct token_session *session);
void token_seed_take_back(struct token_session *session,
                          const struct fob_vault_account *account);

/* Delete it there: FOB_OK also when it was not there any more, and, with a
 * note, when the token is not here. */
FOB_MUST_CHECK enum fob_status
token_seed_delete(struct fob_request *request,
                  const struct fob_vault_account *account, bool *is_left);

#endif
