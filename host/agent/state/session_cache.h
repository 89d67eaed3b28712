/* SPDX-License-Identifier: MIT */
/* The sessions that are kept, by what they are. */
#ifndef FOB_HOST_AGENT_STATE_SESSION_CACHE_H
#define FOB_HOST_AGENT_STATE_SESSION_CACHE_H

#include "host/agent/request/request.h"
#include "host/agent/state/cache.h"
#include "host/agent/state/session.h"
#include "host/aws/endpoint.h"

/* What a session is: two callers who ask for the same get the same.  The
 * profile is not part of it, nor is the region: what a regional STS gives is
 * good in all of its partition. */
struct session_key {
    const char *access_key_id; /* the long-term key that pays for it */
    const char *serial;        /* the device whose codes it is made with */
    const char *role;          /* its id (role.h); "" for GetSessionToken */
    const struct fob_endpoint *endpoint; /* STS, and what vouched for it */
};

/* The name it goes by in the cache; FOB_E_TOO_LONG. */
FOB_MUST_CHECK enum fob_status
session_cache_make_name(const struct session_key *key,
                        char name[static CACHE_NAME_MAX + 1]);

/* A session with at least `left_s` to live into the empty `session`, which is
 * left empty otherwise; the error is not set.  FOB_E_NOT_FOUND when there is
 * none, FOB_E_NO_MEMORY when that cannot be told. */
FOB_MUST_CHECK enum fob_status session_cache_get(struct fob_agent *agent,
                                                 const struct session_key *key,
                                                 int64_t left_s,
                                                 struct session *session);

/* Keep it: sealed, or while there is no key to seal with in the agent's memory,
 * as printed_keys.h.  That it cannot be is a note to the caller: a full disk
 * must not cost the session that was made. */
void session_cache_keep(struct fob_request *request,
                        const struct session_key *key,
                        const struct session *session);

/* Call `visit` for each session that is kept and can be read. */
FOB_MUST_CHECK enum fob_status
session_cache_each(struct fob_agent *agent,
                   void (*visit)(void *context, const struct session *session),
                   void *context, struct fob_error *error);

/* The lock under which the session is made, where no device's is held; to be
 * closed.  It dies with its holder. */
FOB_MUST_CHECK enum fob_status session_cache_lock(struct fob_request *request,
                                                  const struct session_key *key,
                                                  int *lock);

/* Whether a record of the cache with this name is a session. */
bool session_cache_is_name(const char *name);

#endif
