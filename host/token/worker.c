/* SPDX-License-Identifier: MIT */
#include "host/token/worker.h"

#include "host/base/monotonic.h"

#include <time.h>

enum { GLANCE_MS = 300 }; /* how often the watcher is looked at */

/* --- on the thread -------------------------------------------------------*/

/* Whether there is one: no more come once it is left. */
static bool await_call(struct worker *worker)
{
    bool is_left;

    pthread_mutex_lock(&worker->mutex);
    while (worker->call == NULL && !worker->is_left)
        pthread_cond_wait(&worker->changed, &worker->mutex);
    is_left = worker->is_left;
    pthread_mutex_unlock(&worker->mutex);
    return !is_left;
}

static void end_call(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    worker->call = NULL;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->mutex);
}

static void init_locks(struct worker *worker)
{
    pthread_condattr_t timed;

    pthread_mutex_init(&worker->mutex, NULL);
    pthread_condattr_init(&timed);
    pthread_condattr_setclock(&timed, CLOCK_MONOTONIC);
    pthread_cond_init(&worker->changed, &timed);
    pthread_condattr_destroy(&timed);
}

static void free_locks(struct worker *worker)
{
    pthread_mutex_destroy(&worker->mutex);
    pthread_cond_destroy(&worker->changed);
}

static void *serve_calls(void *argument)
{
    struct worker *worker = argument;

    while (await_call(worker)) {
        worker->call(worker->context);
        end_call(worker);
    }
    free_locks(worker);
    worker->end(worker->context);
    return NULL;
}

/* --- on the caller's -----------------------------------------------------*/

enum fob_status worker_start(struct worker *worker, void (*end)(void *context),
                             void *context)
{
    pthread_t thread;

    *worker = (struct worker){.end = end, .context = context};
    init_locks(worker);
    if (pthread_create(&thread, NULL, serve_calls, worker) != 0) {
        free_locks(worker);
        return FOB_E_FAILED;
    }
    pthread_detach(thread);
    return FOB_OK;
}

/* Until the thread is done, at most so long; whether it is. */
static bool await_end(struct worker *worker, int wait_ms)
{
    struct timespec end;
    int code = 0;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += wait_ms % 1000 * 1000000L;
    end.tv_sec += wait_ms / 1000 + end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    while (worker->call != NULL && code == 0)
        code = pthread_cond_timedwait(&worker->changed, &worker->mutex, &end);
    return worker->call == NULL;
}

static bool watcher_stays(const struct worker_wait *wait, int64_t waited_ms)
{
    const struct fob_token_watch *watch = wait->watch;

    return watch == NULL ||
           watch->wait(watch->context, waited_ms < wait->sure_ms
                                           ? FOB_TOKEN_WORKING
                                           : wait->why);
}

enum fob_status worker_run(struct worker *worker, void (*call)(void *context),
                           const struct worker_wait *wait)
{
    int64_t start_ms = fob_monotonic_ms(), waited_ms;
    enum fob_status status = FOB_OK;

    pthread_mutex_lock(&worker->mutex);
    worker->call = call;
    pthread_cond_broadcast(&worker->changed);
    while (status == FOB_OK && !await_end(worker, GLANCE_MS)) {
        waited_ms = fob_monotonic_ms() - start_ms;
        if (waited_ms >= wait->whole_ms)
            status = FOB_E_BUSY;
        else if (!watcher_stays(wait, waited_ms))
            status = FOB_E_NOT_TOUCHED;
    }
    pthread_mutex_unlock(&worker->mutex);
    return status;
}

bool worker_is_stuck(struct worker *worker)
{
    bool stuck;

    pthread_mutex_lock(&worker->mutex);
    stuck = worker->call != NULL;
    pthread_mutex_unlock(&worker->mutex);
    return stuck;
}

void worker_leave(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    worker->is_left = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->mutex);
}
