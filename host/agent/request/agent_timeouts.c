/* SPDX-License-Identifier: MIT */
/* When the agent locks by itself. */
#include "host/agent/request/agent.h"
#include "host/base/monotonic.h"

#include <poll.h>
#include <time.h>

enum {
    LOOK_MS = 2000, /* whether the settings were changed, or time went by in
                       a suspended machine */
    NEAR_LOOK_MS = 250,
};

/* Whether the file is still the one that the limits were read from. */
static bool recall_limits(struct fob_agent *agent,
                          const struct fob_file_identity *file,
                          struct agent_limits *limits)
{
    bool is_same;

    pthread_mutex_lock(&agent->mutex);
    is_same = agent->limits.is_kept &&
              fob_file_identity_is_same(&agent->limits.file, file);
    if (is_same)
        *limits = agent->limits;
    pthread_mutex_unlock(&agent->mutex);
    return is_same;
}

/* An edit counts at once; a broken file leaves the defaults, which lock, and
 * want of memory what was read last. */
static void read_limits(struct fob_agent *agent, struct agent_limits *limits)
{
    struct fob_settings settings;
    struct fob_error why = {0};
    struct fob_file_identity file;
    char path[FOB_PATH_MAX];
    bool is_file = fob_path_get(FOB_PATH_SETTINGS, path, &why) == FOB_OK &&
                   fob_file_identify(path, &file);
    enum fob_status status;

    if (is_file && recall_limits(agent, &file, limits))
        return;
    status = agent_settings(&settings, &why);
    if (status != FOB_OK)
        fob_settings_default(&settings);
    pthread_mutex_lock(&agent->mutex);
    if (status != FOB_E_NO_MEMORY || !agent->limits.is_known)
        agent->limits = (struct agent_limits){.idle_s = settings.lock_idle_s,
                                              .after_s = settings.lock_after_s,
                                              .is_known = true};
    if (status == FOB_OK && is_file && fob_file_identity_is_settled(&file)) {
        agent->limits.file = file;
        agent->limits.is_kept = true;
    }
    *limits = agent->limits;
    pthread_mutex_unlock(&agent->mutex);
}

static bool is_any_open(struct fob_agent *agent)
{
    bool is_open;

    pthread_mutex_lock(&agent->mutex);
    is_open = agent->open != NULL || agent->open_tokens > 0;
    pthread_mutex_unlock(&agent->mutex);
    return is_open;
}

/* On the boot clock; INT64_MAX when never, or locked already. */
static int64_t lock_moment(struct fob_agent *agent)
{
    struct agent_limits limits;
    int64_t idle = INT64_MAX, after = INT64_MAX;

    if (!is_any_open(agent))
        return INT64_MAX;
    read_limits(agent, &limits);
    pthread_mutex_lock(&agent->mutex);
    if (limits.idle_s != 0)
        idle = agent->used_at_s + limits.idle_s;
    if (limits.after_s != 0)
        after = agent->unlocked_at_s + limits.after_s;
    pthread_mutex_unlock(&agent->mutex);
    return idle < after ? idle : after;
}

int64_t agent_locks_at(struct fob_agent *agent)
{
    int64_t moment = agent_is_open(agent) ? lock_moment(agent) : INT64_MAX;

    return moment == INT64_MAX ? 0 : moment - fob_boottime_s() + time(NULL);
}

void agent_tick(struct fob_agent *agent)
{
    if (fob_boottime_s() >= lock_moment(agent))
        agent_lock(agent, false);
}

void agent_await_tick(struct fob_agent *agent)
{
    int64_t left_s;

    pthread_mutex_lock(&agent->mutex);
    while (agent->open == NULL && agent->open_tokens == 0)
        pthread_cond_wait(&agent->opened, &agent->mutex);
    pthread_mutex_unlock(&agent->mutex);
    left_s = lock_moment(agent) - fob_boottime_s();
    poll(NULL, 0, left_s > 2 * LOOK_MS / 1000 ? LOOK_MS : NEAR_LOOK_MS);
}
