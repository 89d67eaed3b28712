/* SPDX-License-Identifier: MIT */
#include "host/agent/request/forward.h"

#include "host/agent/request/agent.h"
#include "host/base/monotonic.h"
#include "host/base/socket_address.h"
#include "host/base/text.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BACKLOG = 16, PAUSE_MS = 10 };

/* remote.sock is in the first place, before the free ones with their zeros. */
static struct forward *find_place(struct fob_agent *agent, uint64_t id)
{
    for (size_t i = 0; i < FORWARD_MAX; i++)
        if (agent->forwards[i].id == id)
            return &agent->forwards[i];
    return NULL;
}

static struct forward *find_free(struct fob_agent *agent)
{
    for (size_t i = 1; i < FORWARD_MAX; i++)
        if (agent->forwards[i].id == 0)
            return &agent->forwards[i];
    return NULL;
}

static void wake_server(struct fob_agent *agent)
{
    (void)!eventfd_write(agent->forward_fd, 1);
}

/* A socket that a killed agent left: nobody is behind it. */
static bool is_left_over(const struct sockaddr_un *address)
{
    struct stat info;
    bool is_refused;
    int fd;

    if (lstat(address->sun_path, &info) != 0 || !S_ISSOCK(info.st_mode) ||
        info.st_uid != geteuid())
        return false;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return false;
    is_refused =
        connect(fd, (const struct sockaddr *)address, sizeof(*address)) != 0 &&
        errno == ECONNREFUSED;
    close(fd);
    return is_refused;
}

/* The mask is the process's, and lets nobody else in. */
static enum fob_status bind_at(const struct sockaddr_un *address, int listener,
                               const char *path, struct fob_error *error)
{
    if (is_left_over(address))
        unlink(address->sun_path);
    if (bind(listener, (const struct sockaddr *)address, sizeof(*address)) ==
            0 &&
        chmod(address->sun_path, 0600) == 0 && listen(listener, BACKLOG) == 0)
        return FOB_OK;
    return errno == EADDRINUSE
               ? fob_error_set(error, FOB_E_EXISTS,
                               "there is something at %s already", path)
               : fob_error_errno(error, FOB_E_FAILED, "cannot listen at %s",
                                 path);
}

/* An accept for a place that has changed hands must not block. */
static enum fob_status listen_at(const char *path, int *listener,
                                 struct fob_error *error)
{
    struct sockaddr_un address;
    int folder;
    enum fob_status status =
        fob_socket_address_make(path, &address, &folder, error);

    *listener = -1;
    if (status == FOB_E_NOT_FOUND)
        status =
            fob_error_errno(error, FOB_E_FAILED, "cannot listen at %s", path);
    if (status == FOB_OK) {
        *listener =
            socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        status = *listener < 0
                     ? fob_error_errno(error, FOB_E_FAILED, "no socket")
                     : bind_at(&address, *listener, path, error);
    }
    if (status != FOB_OK && *listener >= 0) {
        close(*listener);
        *listener = -1;
    }
    if (folder >= 0)
        close(folder);
    return status;
}

/* false: there is no place. */
static bool enter_place(struct fob_agent *agent,
                        const struct forward_wish *wish, int listener,
                        uint64_t *id)
{
    struct forward *place;

    pthread_mutex_lock(&agent->mutex);
    place = find_free(agent);
    if (place != NULL) {
        *place = (struct forward){.id = ++agent->last_forward,
                                  .listener = listener,
                                  .person = wish->person,
                                  .rules = *wish->rules};
        (void)!fob_text_copy(place->path, sizeof(place->path), wish->path);
        *id = place->id;
    }
    pthread_mutex_unlock(&agent->mutex);
    return place != NULL;
}

enum fob_status forward_open(struct fob_agent *agent,
                             const struct forward_wish *wish, uint64_t *id,
                             struct fob_error *error)
{
    int listener;
    enum fob_status status = listen_at(wish->path, &listener, error);

    if (status != FOB_OK)
        return status;
    if (enter_place(agent, wish, listener, id)) {
        wake_server(agent);
        return FOB_OK;
    }
    unlink(wish->path);
    close(listener);
    return fob_error_set(error, FOB_E_BUSY, "there are %d such sockets already",
                         FORWARD_MAX - 1);
}

/* false: it is in use still. */
static bool end_place(struct fob_agent *agent, uint64_t id)
{
    struct forward *place;
    bool is_free = true;

    pthread_mutex_lock(&agent->mutex);
    place = find_place(agent, id);
    if (place != NULL) {
        if (!place->is_ended)
            unlink(place->path);
        place->is_ended = true;
        is_free = !place->is_asking || place->is_late;
        if (is_free)
            place->person = -1;
    }
    pthread_mutex_unlock(&agent->mutex);
    return is_free;
}

/* Whoever asks there finds that it has hung up. */
void forward_end(struct fob_agent *agent, uint64_t id)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};

    while (!end_place(agent, id))
        nanosleep(&pause, NULL);
    wake_server(agent);
}

bool forward_find(struct fob_agent *agent, uint64_t id,
                  struct forward_rules *rules,
                  char path[static FORWARD_PATH_MAX + 1])
{
    const struct forward *place;
    bool is_there;

    path[0] = '\0';
    pthread_mutex_lock(&agent->mutex);
    place = find_place(agent, id);
    is_there = place != NULL && !place->is_ended;
    if (is_there) {
        *rules = place->rules;
        (void)!fob_text_copy(path, FORWARD_PATH_MAX + 1, place->path);
    }
    pthread_mutex_unlock(&agent->mutex);
    return is_there;
}

static bool may_ask(const struct forward *place)
{
    return place->id != 0 && !place->is_ended && place->person >= 0 &&
           !place->is_asking;
}

int forward_take_person(struct fob_agent *agent, uint64_t id)
{
    struct forward *best = NULL;
    int person = -1;

    pthread_mutex_lock(&agent->mutex);
    for (size_t i = 1; i < FORWARD_MAX; i++) {
        struct forward *place = &agent->forwards[i];

        if (may_ask(place) && (id == FORWARD_REMOTE || place->id == id) &&
            (best == NULL || place->id > best->id))
            best = place;
    }
    if (best != NULL) {
        best->is_asking = true;
        person = best->person;
    }
    pthread_mutex_unlock(&agent->mutex);
    return person;
}

void forward_give_back(struct fob_agent *agent, int person, bool is_late)
{
    pthread_mutex_lock(&agent->mutex);
    for (size_t i = 1; i < FORWARD_MAX; i++) {
        struct forward *place = &agent->forwards[i];

        if (place->id != 0 && place->person == person) {
            place->is_asking = is_late;
            place->is_late = is_late;
        }
    }
    pthread_mutex_unlock(&agent->mutex);
}

bool forward_is_late(struct fob_agent *agent, uint64_t id)
{
    const struct forward *place;
    bool is_late;

    pthread_mutex_lock(&agent->mutex);
    place = find_place(agent, id);
    is_late = place != NULL && place->is_late;
    pthread_mutex_unlock(&agent->mutex);
    return is_late;
}

bool forward_is_paused(struct fob_agent *agent, uint64_t id)
{
    const struct forward *place;
    bool is_paused;

    pthread_mutex_lock(&agent->mutex);
    place = find_place(agent, id);
    is_paused = place != NULL && fob_monotonic_ms() < place->paused_until_ms;
    pthread_mutex_unlock(&agent->mutex);
    return is_paused;
}

void forward_pause(struct fob_agent *agent, uint64_t id, int64_t pause_ms)
{
    struct forward *place;

    pthread_mutex_lock(&agent->mutex);
    place = find_place(agent, id);
    if (place != NULL)
        place->paused_until_ms = fob_monotonic_ms() + pause_ms;
    pthread_mutex_unlock(&agent->mutex);
}

void forward_unlink_all(struct fob_agent *agent)
{
    pthread_mutex_lock(&agent->mutex);
    for (size_t i = 1; i < FORWARD_MAX; i++)
        if (agent->forwards[i].id != 0 && !agent->forwards[i].is_ended)
            unlink(agent->forwards[i].path);
    pthread_mutex_unlock(&agent->mutex);
}

int forward_listener(struct fob_agent *agent, size_t place_number, uint64_t *id)
{
    struct forward *place = &agent->forwards[place_number];
    int listener = -1;

    pthread_mutex_lock(&agent->mutex);
    *id = place->id;
    if (place->id != 0 && !place->is_ended)
        listener = place->listener;
    else if (place->id != 0 && place->person < 0) {
        close(place->listener);
        *place = (struct forward){0};
    }
    pthread_mutex_unlock(&agent->mutex);
    return listener;
}
