/* SPDX-License-Identifier: MIT */
#include "host/agent/request/agent.h"

#include "host/base/monotonic.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>

static void init_timed(pthread_cond_t *condition)
{
    pthread_condattr_t timed;

    pthread_condattr_init(&timed);
    pthread_condattr_setclock(&timed, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &timed);
    pthread_condattr_destroy(&timed);
}

void agent_init(struct fob_agent *agent, bool is_shared)
{
    *agent = (struct fob_agent){.is_shared = is_shared};
    agent->stop_fd = eventfd(0, EFD_CLOEXEC);
    agent->forward_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&agent->deriving, NULL);
    fob_config_store_init(&agent->configs);
    pthread_mutex_init(&agent->mutex, NULL);
    init_timed(&agent->lockers_changed);
    pthread_cond_init(&agent->opened, NULL);
}

void agent_stop(struct fob_agent *agent)
{
    /* Cannot fail: the counter is far from its end. */
    (void)!eventfd_write(agent->stop_fd, 1);
}

/* Counted, so that locking waits for nobody who uses it. */
struct agent_vault {
    struct fob_vault vault; /* first: a holder knows this address */
    size_t users;
};

static void free_vault(struct agent_vault *held)
{
    if (held != NULL)
        fob_vault_close(&held->vault);
    free(held);
}

bool agent_is_open(struct fob_agent *agent)
{
    bool is_open;

    pthread_mutex_lock(&agent->mutex);
    is_open = agent->open != NULL;
    pthread_mutex_unlock(&agent->mutex);
    return is_open;
}

void agent_note_use(struct fob_agent *agent)
{
    pthread_mutex_lock(&agent->mutex);
    agent->used_at_s = fob_boottime_s();
    pthread_mutex_unlock(&agent->mutex);
}

struct fob_vault *agent_hold(struct fob_agent *agent)
{
    struct agent_vault *held;

    pthread_mutex_lock(&agent->mutex);
    held = agent->open;
    if (held != NULL)
        held->users++;
    pthread_mutex_unlock(&agent->mutex);
    return held == NULL ? NULL : &held->vault;
}

/* The last one wipes what was locked meanwhile. */
void agent_release(struct fob_agent *agent, struct fob_vault *vault)
{
    struct agent_vault *held = (struct agent_vault *)vault;
    bool is_last;

    pthread_mutex_lock(&agent->mutex);
    held->users--;
    is_last = held->users == 0 && held != agent->open;
    pthread_mutex_unlock(&agent->mutex);
    if (is_last)
        free_vault(held);
}

/* `next` instead of the open one, which is left to those who use it. */
static void replace_open(struct fob_agent *agent, struct agent_vault *next)
{
    struct agent_vault *last;

    pthread_mutex_lock(&agent->mutex);
    last = agent->open;
    agent->open = next;
    if (next != NULL)
        agent->used_at_s = agent->unlocked_at_s = fob_boottime_s();
    pthread_cond_broadcast(&agent->opened);
    if (last != NULL && last->users > 0)
        last = NULL;
    pthread_mutex_unlock(&agent->mutex);
    free_vault(last);
}

static enum fob_status replace_cache_key(struct fob_agent *agent,
                                         const struct fob_secret *key)
{
    enum fob_status status = FOB_OK;

    pthread_mutex_lock(&agent->mutex);
    fob_secret_free(&agent->cache_key);
    if (key != NULL)
        status = fob_secret_copy(&agent->cache_key, key->data, key->len);
    pthread_mutex_unlock(&agent->mutex);
    return status;
}

enum fob_status agent_unlock(struct fob_agent *agent, struct fob_vault *vault,
                             const struct fob_secret *cache_key)
{
    struct agent_vault *next = calloc(1, sizeof(*next));
    enum fob_status status =
        next == NULL ? FOB_E_NO_MEMORY : replace_cache_key(agent, cache_key);

    if (status != FOB_OK) {
        free(next);
        return status;
    }
    next->vault = *vault;
    *vault = (struct fob_vault){0};
    replace_open(agent, next);
    return FOB_OK;
}

void agent_forget_printed(struct fob_agent *agent)
{
    pthread_mutex_lock(&agent->mutex);
    for (size_t i = 0; i < AGENT_PRINTED; i++) {
        fob_secret_free(&agent->printed[i].content);
        agent->printed[i] = (struct agent_printed){0};
    }
    pthread_mutex_unlock(&agent->mutex);
}

static void tell_locked(struct fob_agent *agent)
{
    void (*after_lock)(struct fob_agent * agent);

    pthread_mutex_lock(&agent->mutex);
    after_lock = agent->after_lock;
    pthread_mutex_unlock(&agent->mutex);
    if (after_lock != NULL)
        after_lock(agent);
}

void agent_lock(struct fob_agent *agent, bool all)
{
    agent_forget_printed(agent);
    replace_open(agent, NULL);
    if (all)
        (void)!replace_cache_key(agent, NULL); /* nothing is copied */
    tell_locked(agent);
}

/* --- tokens --------------------------------------------------------------*/

void agent_set_tokens(struct fob_agent *agent, size_t open_tokens,
                      void (*after_lock)(struct fob_agent *agent))
{
    pthread_mutex_lock(&agent->mutex);
    if (open_tokens > agent->open_tokens) {
        agent->used_at_s = fob_boottime_s();
        if (agent->open == NULL)
            agent->unlocked_at_s = agent->used_at_s;
    }
    agent->open_tokens = open_tokens;
    pthread_cond_broadcast(&agent->opened);
    agent->after_lock = after_lock;
    pthread_mutex_unlock(&agent->mutex);
}

void agent_count_lockers(struct fob_agent *agent, int change)
{
    pthread_mutex_lock(&agent->mutex);
    agent->lockers += (size_t)change;
    pthread_cond_broadcast(&agent->lockers_changed);
    pthread_mutex_unlock(&agent->mutex);
}

void agent_await_lockers(struct fob_agent *agent, int wait_ms)
{
    struct timespec end;
    int code = 0;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += wait_ms % 1000 * 1000000L;
    end.tv_sec += wait_ms / 1000 + end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&agent->mutex);
    while (agent->lockers > 0 && code == 0)
        code = pthread_cond_timedwait(&agent->lockers_changed, &agent->mutex,
                                      &end);
    pthread_mutex_unlock(&agent->mutex);
}

enum fob_status agent_cache_key(struct fob_agent *agent, struct fob_secret *key)
{
    enum fob_status status = FOB_E_LOCKED;

    pthread_mutex_lock(&agent->mutex);
    if (agent->cache_key.len > 0)
        status =
            fob_secret_copy(key, agent->cache_key.data, agent->cache_key.len);
    pthread_mutex_unlock(&agent->mutex);
    return status;
}

enum fob_status agent_settings(struct fob_settings *settings,
                               struct fob_error *error)
{
    char path[FOB_PATH_MAX];
    enum fob_status status = fob_path_get(FOB_PATH_SETTINGS, path, error);

    fob_settings_default(settings);
    if (status == FOB_OK)
        status = fob_settings_load(path, settings, error);
    return status;
}

void agent_note_desktop(struct fob_agent *agent, const char *const *variables,
                        bool is_said)
{
    pthread_mutex_lock(&agent->mutex);
    if (is_said || agent->desktop.text[0] == '\0')
        (void)desktop_take(&agent->desktop, variables);
    pthread_mutex_unlock(&agent->mutex);
}
