/* SPDX-License-Identifier: MIT */
/*
 * A thread for calls that block for as long as they like and cannot be called
 * back.  Whoever waits for one can leave, and the thread then tidies up by
 * itself once the call is over.
 */
#ifndef FOB_HOST_TOKEN_WORKER_H
#define FOB_HOST_TOKEN_WORKER_H

#include "host/token/transport.h"

#include <pthread.h>

struct worker {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    void (*call)(void *context); /* NULL: the thread is idle */
    bool is_left;                /* nobody waits any more */
    void (*end)(void *context);
    void *context;
};

/* Start a thread that makes calls with `context` and, once it is left, gives
 * it to `end`, which frees it; the worker may be a part of it.  On a fault
 * `context` stays the caller's. */
FOB_MUST_CHECK enum fob_status
worker_start(struct worker *worker, void (*end)(void *context), void *context);

/* How a call is waited for. */
struct worker_wait {
    int whole_ms;
    int sure_ms;             /* after so long without an end, it is */
    enum fob_token_wait why; /* for this reason */
    const struct fob_token_watch *watch; /* may be NULL */
};

/* Have the thread make a call, and wait until it is over.  FOB_E_BUSY after
 * all of the time, FOB_E_NOT_TOUCHED when the watcher gave up: the call is
 * then stuck, and what it uses is the thread's. */
FOB_MUST_CHECK enum fob_status worker_run(struct worker *worker,
                                          void (*call)(void *context),
                                          const struct worker_wait *wait);

/* Whether a call that was given up on is not over yet. */
bool worker_is_stuck(struct worker *worker);

/* Leave worker and context to the thread. */
void worker_leave(struct worker *worker);

#endif
