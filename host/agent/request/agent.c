/* SPDX-License-Identifier: MIT */
#include "host/agent/request/agent.h"

#include "host/base/monotonic.h"

#include <stdint.h>
#include <sys/eventfd.h>
#include <time.h>

void agent_init(struct fob_agent *agent, bool is_shared)
{
    *agent = (struct fob_agent){.is_shared = is_shared};
    agent->stop_fd = eventfd(0, EFD_CLOEXEC);
    pthread_mutex_init(&agent->unlocking, NULL);
    pthread_rwlock_init(&agent->vault_lock, NULL);
    pthread_mutex_init(&agent->mutex, NULL);
}

void agent_stop(struct fob_agent *agent)
{
    /* Cannot fail: the counter is far from its end. */
    (void)!eventfd_write(agent->stop_fd, 1);
}

static void note_use(struct fob_agent *agent, bool is_unlock)
{
    pthread_mutex_lock(&agent->mutex);
    agent->used_at_s = fob_boottime_s();
    if (is_unlock)
        agent->unlocked_at_s = agent->used_at_s;
    pthread_mutex_unlock(&agent->mutex);
}

struct fob_vault *agent_hold(struct fob_agent *agent)
{
    agent_tick(agent);
    pthread_rwlock_rdlock(&agent->vault_lock);
    if (agent->is_open) {
        note_use(agent, false);
        return &agent->vault;
    }
    pthread_rwlock_unlock(&agent->vault_lock);
    return NULL;
}

void agent_release(struct fob_agent *agent)
{
    pthread_rwlock_unlock(&agent->vault_lock);
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
    enum fob_status status = replace_cache_key(agent, cache_key);

    if (status != FOB_OK)
        return status;
    pthread_rwlock_wrlock(&agent->vault_lock);
    fob_vault_close(&agent->vault);
    agent->vault = *vault;
    *vault = (struct fob_vault){0};
    agent->is_open = true;
    pthread_rwlock_unlock(&agent->vault_lock);
    note_use(agent, true);
    return FOB_OK;
}

void agent_lock(struct fob_agent *agent, bool all)
{
    pthread_rwlock_wrlock(&agent->vault_lock);
    fob_vault_close(&agent->vault);
    agent->is_open = false;
    pthread_rwlock_unlock(&agent->vault_lock);
    if (all && replace_cache_key(agent, NULL) != FOB_OK)
        return; /* cannot fail: nothing is copied */
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

/* On the boot clock; INT64_MAX when never. */
static int64_t lock_moment(struct fob_agent *agent)
{
    struct fob_settings settings;
    struct fob_error ignored;
    int64_t idle = INT64_MAX, after = INT64_MAX;

    /* Read each time, so that an edit counts at once; a broken file leaves
     * the defaults, which lock. */
    if (agent_settings(&settings, &ignored) != FOB_OK)
        fob_settings_default(&settings);
    pthread_mutex_lock(&agent->mutex);
    if (settings.lock_idle_s != 0)
        idle = agent->used_at_s + settings.lock_idle_s;
    if (settings.lock_after_s != 0)
        after = agent->unlocked_at_s + settings.lock_after_s;
    pthread_mutex_unlock(&agent->mutex);
    return idle < after ? idle : after;
}

static bool is_open(struct fob_agent *agent)
{
    bool open;

    pthread_rwlock_rdlock(&agent->vault_lock);
    open = agent->is_open;
    pthread_rwlock_unlock(&agent->vault_lock);
    return open;
}

int64_t agent_locks_at(struct fob_agent *agent)
{
    int64_t moment = is_open(agent) ? lock_moment(agent) : INT64_MAX;

    return moment == INT64_MAX ? 0 : moment - fob_boottime_s() + time(NULL);
}

void agent_tick(struct fob_agent *agent)
{
    if (is_open(agent) && fob_boottime_s() >= lock_moment(agent))
        agent_lock(agent, false);
}
