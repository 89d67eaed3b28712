/* SPDX-License-Identifier: MIT */
/*
 * Entries of a token changed by their names: those under a Nitrokey's PIN, and
 * on cards that do not overwrite.  Errors are set.
 */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_ENTRY_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_ENTRY_H

#include "host/agent/tokens/token.h"

struct token_entry {
    const char *name;
    const struct fob_account *otp;
    unsigned properties; /* of fob_token_property */
};

/* Put it there.  What has its name is lost with `overwrites` alone, and not
 * before the new one is there, if the card can rename.  The session is closed
 * where nobody gave a PIN, also when the new one is there. */
FOB_MUST_CHECK enum fob_status token_entry_put(struct token_session *session,
                                               const struct token_entry *entry,
                                               bool overwrites);

/* `what` is so when it fails; FOB_E_NOT_FOUND. */
FOB_MUST_CHECK enum fob_status token_entry_delete(struct token_session *session,
                                                  const char *name,
                                                  const char *what);

#endif
