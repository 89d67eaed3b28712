/* SPDX-License-Identifier: MIT */
/*
 * What the agent holds while it runs: the open vault, the key of the session
 * cache, and when it was used.  Every connection has a thread; no lock is
 * held over a question, a child or a file of somebody else's.
 */
#ifndef FOB_HOST_AGENT_REQUEST_AGENT_H
#define FOB_HOST_AGENT_REQUEST_AGENT_H

#include "host/agent/request/asked.h"
#include "host/agent/request/desktop.h"
#include "host/agent/request/forward.h"
#include "host/aws/endpoint.h"
#include "host/aws/refusal.h"
#include "host/base/error.h"
#include "host/base/file_identity.h"
#include "host/base/secret.h"
#include "host/config/config_store.h"
#include "host/config/settings.h"
#include "host/vault/vault.h"

#include <pthread.h>

enum {
    AGENT_FAILURE_NAME_MAX = 4200,
    AGENT_FAILURES = 8,
    AGENT_PRINTED_NAME_MAX = 64,
    AGENT_PRINTED = 16,
    AGENT_TRUSTS = 4,
    AGENT_TYPED = 8,
    AGENT_TYPED_LEN = 32, /* SHA-256 */
};

/* Of a call to AWS that others waited for. */
struct agent_failure {
    char name[AGENT_FAILURE_NAME_MAX + 1];
    int64_t at_ms; /* monotonic */
    enum fob_refusal refusal;
    struct fob_error error;
};

/* Of the settings, as they were last read. */
struct agent_limits {
    uint32_t idle_s, after_s;
    bool is_known;
    struct fob_file_identity file; /* of what was read, if it may be kept */
    bool is_kept;
};

struct agent_vault;

/* A code that a person typed and that was sent: codes/typed_code.h. */
struct agent_typed {
    uint8_t digest[AGENT_TYPED_LEN]; /* of device and code */
    int64_t at_ms;                   /* monotonic; 0: none */
};

/* What a credential_process printed, see state/printed_keys.h. */
struct agent_printed {
    char name[AGENT_PRINTED_NAME_MAX + 1]; /* "": none */
    struct fob_secret content;
};

/* What a CA bundle came down to, see profile/profile_trust.h. */
struct agent_trust {
    char asked[FOB_ENDPOINT_TRUST_MAX + 1]; /* proxy and path; "": none */
    struct fob_file_identity bundle;
    char trust[FOB_ENDPOINT_TRUST_MAX + 1];
};

struct fob_agent {
    bool is_shared;
    int stop_fd;    /* an eventfd: the server ends when it is written to */
    int forward_fd; /* an eventfd: there is a forward more, or less */

    /* One caller at a time derives a key, which takes memory; nobody is asked
     * meanwhile. */
    pthread_mutex_t deriving;

    struct fob_config_store configs; /* guards itself */

    pthread_mutex_t mutex;       /* guards what follows */
    struct agent_vault *open;    /* NULL is locked, the zero state */
    struct fob_secret cache_key; /* outlives a lock, unless --all */
    struct agent_limits limits;
    pthread_cond_t opened; /* the vault, or a token */
    int64_t unlocked_at_s; /* CLOCK_BOOTTIME */
    int64_t used_at_s;
    size_t connections;
    /* Tokens that are to be locked with the vault, who is told, and how many
     * threads are at it: tokens/token_lock.h. */
    size_t open_tokens;
    void (*after_lock)(struct fob_agent *agent);
    size_t lockers;
    pthread_cond_t lockers_changed;
    bool renewing; /* see renew.h */
    int64_t renew_after_s;
    struct agent_failure failures[AGENT_FAILURES]; /* see failure_cache.h */
    size_t next_failure;
    struct desktop desktop;               /* see desktop.h */
    struct asked_log asked;               /* see asked.h */
    struct forward forwards[FORWARD_MAX]; /* see forward.h */
    uint64_t last_forward;                /* the id given last */
    bool is_confirming; /* a far side's wish is before a person */
    unsigned confirms_waiting;
    struct agent_printed printed[AGENT_PRINTED];
    size_t next_printed;
    struct agent_trust trusts[AGENT_TRUSTS];
    size_t next_trust;
    struct agent_typed typed[AGENT_TYPED];
    size_t next_typed;
};

void agent_init(struct fob_agent *agent, bool is_shared);

/* End the server, soon. */
void agent_stop(struct fob_agent *agent);

/* The open vault, which the holder may use until agent_release, also when it is
 * locked meanwhile; NULL, and nothing to release, when it is locked. */
struct fob_vault *agent_hold(struct fob_agent *agent);
void agent_release(struct fob_agent *agent, struct fob_vault *vault);

/* Whether it is open.  To look is not to use. */
bool agent_is_open(struct fob_agent *agent);

/* The vault, if it is open, is in use: the time without use begins anew. */
void agent_note_use(struct fob_agent *agent);

/* Take over the open `vault`, which is left empty, and a copy of the cache's
 * key. */
FOB_MUST_CHECK enum fob_status agent_unlock(struct fob_agent *agent,
                                            struct fob_vault *vault,
                                            const struct fob_secret *cache_key);

/* Wipe what commands printed. */
void agent_forget_printed(struct fob_agent *agent);

/* Close the vault, at once for whoever comes, and for those who hold it when
 * they let go, and wipe what commands printed; with `all` drop the cache's key
 * too.  after_lock is told.  Waits for nobody. */
void agent_lock(struct fob_agent *agent, bool all);

/* So many tokens are open from now on; more of them counts as use. */
void agent_set_tokens(struct fob_agent *agent, size_t open_tokens,
                      void (*after_lock)(struct fob_agent *agent));

/* A thread that locks tokens begins, or ends. */
void agent_count_lockers(struct fob_agent *agent, int change);

/* Wait for those to end, at most so long. */
void agent_await_lockers(struct fob_agent *agent, int wait_ms);

/* A copy in the empty `key`; FOB_E_LOCKED when there is none. */
FOB_MUST_CHECK enum fob_status agent_cache_key(struct fob_agent *agent,
                                               struct fob_secret *key);

/* fob's settings as the file has them now; the defaults when it is broken,
 * and the error set. */
FOB_MUST_CHECK enum fob_status agent_settings(struct fob_settings *settings,
                                              struct fob_error *error);

/* Take from a caller's variables where its person sits: in place of what was
 * known, or only when nothing was. */
void agent_note_desktop(struct fob_agent *agent, const char *const *variables,
                        bool is_said);

/* When the timeouts lock next, Unix time; 0 when never, or locked already.
 * agent_tick locks if that moment has come. */
int64_t agent_locks_at(struct fob_agent *agent);
void agent_tick(struct fob_agent *agent);

/* Wait until a tick may be due: for ever while nothing is open. */
void agent_await_tick(struct fob_agent *agent);

#endif
