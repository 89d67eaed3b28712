/* SPDX-License-Identifier: MIT */
/* Accounts that are on a token already, whoever put them there. */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_ADOPT_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_ADOPT_H

#include "host/agent/tokens/token.h"
#include "host/vault/accounts.h"

/* Fill the zeroed `account`, but for its name, with what is on the token
 * `serial` ("": as token_open has it) as `existing`, in full or by the only one
 * whose name holds it.  FOB_E_NOT_FOUND, FOB_E_AMBIGUOUS; error set. */
FOB_MUST_CHECK enum fob_status
token_adopt_find(struct fob_request *request, const char *serial,
                 const char *existing, struct fob_vault_account *account);

/* All that is on an open token into the empty `listing`; what is under a PIN,
 * too, where somebody gives it.  Error set, and the session closed, on a
 * fault. */
FOB_MUST_CHECK enum fob_status token_adopt_list(struct token_session *session,
                                                struct fob_secret *listing);

/* Type, hash, digits and names as the token has them; FOB_E_UNSUPPORTED. */
FOB_MUST_CHECK enum fob_status
token_adopt_read(const struct fob_token_account *there,
                 struct fob_account *otp);

#endif
