/* SPDX-License-Identifier: MIT */
/*
 * A session: credentials that STS gave or a credential_process printed, and
 * whose they are.  It is made where the reply is read, handed on as it is, and
 * becomes a message only where it leaves the agent (host/agent/serve).
 */
#ifndef FOB_HOST_AGENT_STATE_SESSION_H
#define FOB_HOST_AGENT_STATE_SESSION_H

#include "host/aws/signing_key.h"
#include "host/aws/sts.h"
#include "host/vault/accounts.h"
#include "host/wire/protocol.h"

#include <stdbool.h>

/* SDKs run a credential_process anew for every call once less is left. */
enum { SESSION_LEFT_S_MIN = 15 * 60 };

/* Texts are "" where there is none.  All zero: no session, which ended long
 * ago. */
struct session {
    struct fob_session credentials;       /* no token: a long-term key */
    char profile[FOB_NAME_MAX + 1];       /* that had it made */
    char serial[FOB_ACCOUNT_ARN_MAX + 1]; /* of the device behind it */
    char account_id[FOB_ACCOUNT_ID_MAX + 1];
    /* When: of a printed one by this machine's clock, else by that of the
     * endpoint.  0: by an older fob. */
    int64_t created_s;
};

void session_free(struct session *session);

/* Whose it is: the profile that had it made, the device behind it, and the
 * account in the ARN `owner`, if it is one.  What is too long for its field is
 * left out. */
void session_set_owner(struct session *session, const char *profile,
                       const char *serial, const char *owner);

/* Only the device, NULL or "" being none. */
void session_set_serial(struct session *session, const char *serial);

bool session_is_empty(const struct session *session);
bool session_is_temporary(const struct session *session);

/* Whether it ends at all, credentials.expires_s being INT64_MAX if not; and
 * the seconds from `now_s` until it does. */
bool session_has_end(const struct session *session);
int64_t session_left_s(const struct session *session, int64_t now_s);

/* Views of the session. */
struct fob_sigv4_key session_signing_key(const struct session *session);

#endif
