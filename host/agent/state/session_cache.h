/* SPDX-License-Identifier: MIT */
/*
 * A session as the agent keeps it: the fields of a message, so that what is
 * sealed on disk and what a caller gets are the same bytes.  ACCESS_KEY_ID,
 * SECRET_KEY, SESSION_TOKEN, EXPIRATION, SERIAL, PROFILE, ACCOUNT_ID.
 */
#ifndef FOB_HOST_AGENT_STATE_SESSION_CACHE_H
#define FOB_HOST_AGENT_STATE_SESSION_CACHE_H

#include "host/agent/request/agent.h"
#include "host/agent/state/cache.h"
#include "host/aws/sts.h"
#include "host/wire/message.h"

/* What a session is: two callers who ask for the same get the same.  The
 * profile is not part of it. */
struct session_key {
    const char *access_key_id; /* the long-term key that pays for it */
    const char *serial;        /* the device that vouches for it */
    const char *role;          /* its id (role.h); "" for GetSessionToken */
    const char *endpoint;      /* the URL of STS */
};

/* The name it goes by in the cache; FOB_E_TOO_LONG. */
FOB_MUST_CHECK enum fob_status
session_make_name(const struct session_key *key,
                  char name[static CACHE_NAME_MAX + 1]);

/* A session with at least `left_s` to live into the empty `session`;
 * FOB_E_NOT_FOUND, not worded, when there is none; FOB_E_NO_MEMORY, not
 * worded, when that cannot be told. */
FOB_MUST_CHECK enum fob_status session_get(struct fob_agent *agent,
                                           const struct session_key *key,
                                           int64_t left_s,
                                           struct fob_message *session);

FOB_MUST_CHECK enum fob_status session_put(struct fob_agent *agent,
                                           const struct session_key *key,
                                           const struct fob_message *session,
                                           struct fob_error *error);

/* The lock under which the session is made, where no device's is held; to be
 * closed.  It dies with its holder. */
FOB_MUST_CHECK enum fob_status session_lock(const struct session_key *key,
                                            int *lock, struct fob_error *error);

/* Whether a record of the cache with this name is a session. */
bool session_is_name(const char *name);

/* The message of a session just made for `profile`. */
void session_fill(struct fob_message *session, const struct fob_session *made,
                  const char *profile, const char *serial, const char *account);

#endif
