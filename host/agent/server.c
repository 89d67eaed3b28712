/* SPDX-License-Identifier: MIT */
#include "host/agent/server.h"

#include "host/agent/serve/dispatch.h"
#include "host/base/file.h"
#include "host/base/path.h"
#include "host/base/text.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    BACKLOG = 512,
    /* Each holds two AWS files and a session in the heap of secrets while it
     * waits its turn; more wait in the backlog. */
    CONNECTIONS_MAX = 64,
    STACK_LEN = 512 * 1024,
    TICK_MS = 2000,
    FULL_PAUSE_MS = 10,
    IDLE_PEER_S = 600, /* a connection that says nothing for so long is shut */
};

struct connection {
    struct fob_agent *agent;
    int fd;
    bool is_remote;
};

/* The two sockets; -1 while not open. */
struct listeners {
    int local;
    int remote;
};

static bool is_same_user(int fd)
{
    struct ucred peer;
    socklen_t len = sizeof(peer);

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
           peer.uid == geteuid();
}

static void count_connections(struct fob_agent *agent, int change)
{
    pthread_mutex_lock(&agent->mutex);
    agent->connections += (size_t)change;
    pthread_mutex_unlock(&agent->mutex);
}

static void *serve_connection(void *argument)
{
    struct connection *connection = argument;
    struct fob_agent *agent = connection->agent;
    int fd = connection->fd;
    bool is_remote = connection->is_remote;

    free(connection);
    while (dispatch_request(agent, fd, is_remote))
        ;
    close(fd);
    count_connections(agent, -1);
    return NULL;
}

static bool start_thread(struct fob_agent *agent, int fd, bool is_remote)
{
    struct connection *connection = malloc(sizeof(*connection));
    pthread_attr_t attributes;
    pthread_t thread;
    int fault;

    if (connection == NULL)
        return false;
    *connection =
        (struct connection){.agent = agent, .fd = fd, .is_remote = is_remote};
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_LEN);
    fault = pthread_create(&thread, &attributes, serve_connection, connection);
    pthread_attr_destroy(&attributes);
    if (fault != 0)
        free(connection);
    return fault == 0;
}

static void accept_one(struct fob_agent *agent, int listener, bool is_remote)
{
    const struct timeval patience = {.tv_sec = IDLE_PEER_S};
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

    if (fd < 0)
        return;
    count_connections(agent, 1);
    if (is_same_user(fd) &&
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) ==
            0 &&
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) ==
            0 &&
        start_thread(agent, fd, is_remote))
        return;
    count_connections(agent, -1);
    close(fd);
}

static bool is_full(struct fob_agent *agent)
{
    bool full;

    pthread_mutex_lock(&agent->mutex);
    full = agent->connections >= CONNECTIONS_MAX;
    pthread_mutex_unlock(&agent->mutex);
    return full;
}

/* Nobody can reach an agent whose socket was removed or replaced. */
static bool is_reachable(const char *path, const struct stat *socket_info)
{
    struct stat info;

    return lstat(path, &info) == 0 && info.st_ino == socket_info->st_ino &&
           info.st_dev == socket_info->st_dev;
}

static void unlink_both(const char *path)
{
    char remote[FOB_PATH_MAX];
    struct fob_error ignored;

    unlink(path);
    if (fob_path_get(FOB_PATH_REMOTE, remote, &ignored) == FOB_OK)
        unlink(remote);
}

static void accept_ready(struct fob_agent *agent, const struct pollfd *local,
                         const struct pollfd *remote)
{
    if (is_full(agent)) {
        poll(NULL, 0, FULL_PAUSE_MS);
        return;
    }
    if (local->revents != 0)
        accept_one(agent, local->fd, false);
    if (remote->revents != 0)
        accept_one(agent, remote->fd, true);
}

static void serve_all(struct fob_agent *agent, const struct listeners *at,
                      const char *path)
{
    struct pollfd wait[] = {{.fd = at->local, .events = POLLIN},
                            {.fd = at->remote, .events = POLLIN},
                            {.fd = agent->stop_fd, .events = POLLIN}};
    struct stat info;

    if (lstat(path, &info) != 0)
        return;
    while (is_reachable(path, &info)) {
        int ready = poll(wait, 3, TICK_MS);

        if (ready > 0 && wait[2].revents != 0)
            break;
        if (ready > 0)
            accept_ready(agent, &wait[0], &wait[1]);
        else
            agent_tick(agent);
    }
    if (is_reachable(path, &info))
        unlink_both(path);
    agent_lock(agent, true);
}

static enum fob_status listen_at(const char *path, int *listener,
                                 struct fob_error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof(address.sun_path))
        return fob_error_set(error, FOB_E_FAILED,
                             "the socket's path %s is too long", path);
    (void)!fob_text_copy(address.sun_path, sizeof(address.sun_path), path);
    umask(0177);
    *listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (*listener < 0 || (unlink(path) != 0 && errno != ENOENT) ||
        bind(*listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
        listen(*listener, BACKLOG) != 0)
        return fob_error_errno(error, FOB_E_FAILED, "cannot listen at %s",
                               path);
    umask(0077);
    return FOB_OK;
}

/* The lock beside the socket says who may bind it, and dies with its holder;
 * FOB_E_BUSY: another agent serves already. */
static enum fob_status take_place(const char *path, int *lock,
                                  struct fob_error *error)
{
    char name[FOB_PATH_MAX], folder[FOB_PATH_MAX];
    enum fob_status status;

    (void)!fob_text_copy(folder, sizeof(folder), path);
    *strrchr(folder, '/') = '\0';
    status = fob_file_private_folder(folder, error);
    if (status != FOB_OK)
        return status;
    if (fob_text_format(name, sizeof(name), "%s.lock", path) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "the path %s is too long",
                             path);
    return fob_file_lock(name, 0, lock, error);
}

static enum fob_status listen_both(const char *path, struct listeners *at,
                                   struct fob_error *error)
{
    char remote[FOB_PATH_MAX];
    enum fob_status status = fob_path_get(FOB_PATH_REMOTE, remote, error);

    if (status == FOB_OK)
        status = listen_at(remote, &at->remote, error);
    if (status == FOB_OK)
        status = listen_at(path, &at->local, error);
    return status;
}

int server_run_shared(struct fob_agent *agent, int ready_fd)
{
    char path[FOB_PATH_MAX];
    struct fob_error error = {0};
    struct listeners at = {-1, -1};
    int lock = -1;
    enum fob_status status = fob_path_get(FOB_PATH_SOCKET, path, &error);

    if (status == FOB_OK)
        status = take_place(path, &lock, &error);
    if (status == FOB_OK)
        status = listen_both(path, &at, &error);
    if (status != FOB_OK && status != FOB_E_BUSY)
        (void)!write(ready_fd, error.text, strlen(error.text));
    close(ready_fd);
    if (status != FOB_OK)
        return status == FOB_E_BUSY ? 0 : fob_status_exit(status);
    serve_all(agent, &at, path);
    /* In this order: who gets the lock must not be able to connect here. */
    close(at.local);
    close(at.remote);
    close(lock);
    return 0;
}

int server_run_private(struct fob_agent *agent, int fd)
{
    while (dispatch_request(agent, fd, false))
        ;
    agent_lock(agent, true);
    return 0;
}
