/* SPDX-License-Identifier: MIT */
/* token_open and token_open_ready for the token that the field TOKEN of a
 * request names; without one, for the token of FOB_TOKEN or the only one. */
#ifndef FOB_HOST_AGENT_SERVE_TOKEN_NAMED_H
#define FOB_HOST_AGENT_SERVE_TOKEN_NAMED_H

#include "host/agent/tokens/token.h"
#include "host/vault/accounts.h"

FOB_MUST_CHECK enum fob_status token_named_open(struct fob_request *request,
                                                struct token_session *session);

/* Before what cannot be undone: FOB_E_AMBIGUOUS when another token has the
 * serial, too. */
FOB_MUST_CHECK enum fob_status
token_named_open_sole(struct fob_request *request,
                      struct token_session *session);
FOB_MUST_CHECK enum fob_status
token_named_open_ready(struct fob_request *request,
                       struct token_session *session);

/* Fill the zeroed account, but for its name, with what that token has already
 * under the name in EXISTING; error set. */
FOB_MUST_CHECK enum fob_status
token_named_adopt(struct fob_request *request,
                  struct fob_vault_account *account);

#endif
