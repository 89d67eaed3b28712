/* SPDX-License-Identifier: MIT */
/*
 * What the agent holds while it runs: the open vault, the key of the session
 * cache, and when it was used.  Every connection has a thread; no lock is
 * held over a question or a child.
 */
#ifndef FOB_HOST_AGENT_REQUEST_AGENT_H
#define FOB_HOST_AGENT_REQUEST_AGENT_H

#include "host/aws/refusal.h"
#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/config/settings.h"
#include "host/vault/vault.h"

#include <pthread.h>

enum { AGENT_FAILURE_NAME_MAX = 4200, AGENT_FAILURES = 8 };

/* Of a call to AWS that others waited for. */
struct agent_failure {
    char name[AGENT_FAILURE_NAME_MAX + 1];
    int64_t at_ms; /* monotonic */
    enum fob_refusal refusal;
    struct fob_error error;
};

struct fob_agent {
    bool is_shared;
    int stop_fd; /* an eventfd: the server ends when it is written to */

    pthread_mutex_t unlocking;   /* one caller asks and derives at a time */
    pthread_rwlock_t vault_lock; /* shared: using it; exclusive: its change */
    struct fob_vault vault;
    bool is_open; /* false is locked, the zero state */

    pthread_mutex_t mutex;       /* guards what follows */
    struct fob_secret cache_key; /* outlives a lock, unless --all */
    int64_t unlocked_at_s;       /* CLOCK_BOOTTIME */
    int64_t used_at_s;
    size_t connections;
    bool renewing; /* see renew.h */
    int64_t renew_after_s;
    struct agent_failure failures[AGENT_FAILURES]; /* see failure_cache.h */
    size_t next_failure;
};

void agent_init(struct fob_agent *agent, bool is_shared);

/* End the server, soon. */
void agent_stop(struct fob_agent *agent);

/* The open vault, which stays open until agent_release; NULL, and nothing to
 * release, when it is locked.  Counts as use. */
struct fob_vault *agent_hold(struct fob_agent *agent);
void agent_release(struct fob_agent *agent);

/* Take over the open `vault`, which is left empty, and a copy of the cache's
 * key. */
FOB_MUST_CHECK enum fob_status agent_unlock(struct fob_agent *agent,
                                            struct fob_vault *vault,
                                            const struct fob_secret *cache_key);

/* Close the vault; with `all` drop the cache's key too. */
void agent_lock(struct fob_agent *agent, bool all);

/* A copy in the empty `key`; FOB_E_LOCKED when there is none. */
FOB_MUST_CHECK enum fob_status agent_cache_key(struct fob_agent *agent,
                                               struct fob_secret *key);

/* fob's settings as the file has them now; the defaults when it is broken,
 * and the error set. */
FOB_MUST_CHECK enum fob_status agent_settings(struct fob_settings *settings,
                                              struct fob_error *error);

/* When the timeouts lock next, Unix time; 0 when never, or locked already.
 * agent_tick locks if that moment has come. */
int64_t agent_locks_at(struct fob_agent *agent);
void agent_tick(struct fob_agent *agent);

#endif
