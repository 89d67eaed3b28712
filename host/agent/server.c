/* SPDX-License-Identifier: MIT */
#include "host/agent/server.h"

#include "host/agent/connections.h"
#include "host/agent/runtime_links.h"
#include "host/base/file.h"
#include "host/base/path.h"
#include "host/base/socket_address.h"
#include "host/base/text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BACKLOG = 512,
    LOOK_MS = 2000, /* whether the socket is still there */
    FULL_PAUSE_MS = 10,
    ANSWER_S = 600,    /* a question that is not answered for so long is over */
    LOCKERS_MS = 2000, /* at the end, for tokens to be locked */
};

/* The two sockets by kind; -1 while not open. */
struct listeners {
    int fd[CONNECTIONS_REMOTE + 1];
};

static bool is_same_user(int fd)
{
    struct ucred peer;
    socklen_t len = sizeof(peer);

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
           peer.uid == geteuid();
}

/* Whoever comes by `listener`.  false: there is no way to take it now. */
static bool accept_one(struct connections *all, int listener,
                       struct connections_comer comer)
{
    const struct timeval patience = {.tv_sec = ANSWER_S};

    if (!connections_make_room(all, comer.kind))
        return false;
    comer.fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (comer.fd < 0)
        return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
    if (is_same_user(comer.fd) &&
        setsockopt(comer.fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
                   sizeof(patience)) == 0 &&
        connections_add(all, &comer))
        return true;
    close(comer.fd);
    return true;
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

/* Locks when the time has come, whatever the connections do: it waits for
 * nothing but time, and holds nothing that others wait for. */
static void *run_lock_timer(void *argument)
{
    struct fob_agent *agent = argument;

    for (;;) {
        agent_await_tick(agent);
        agent_tick(agent);
    }
    return NULL;
}

static bool start_lock_timer(struct fob_agent *agent)
{
    pthread_t thread;

    return pthread_create(&thread, NULL, run_lock_timer, agent) == 0 &&
           pthread_detach(thread) == 0;
}

/* What the server waits for. */
enum { STOP = CONNECTIONS_KINDS, CHANGE, WAIT_COUNT };

struct server {
    struct fob_agent *agent;
    const struct listeners *at;
    struct connections all;
    struct pollfd wait[WAIT_COUNT];
    bool is_full[CONNECTIONS_KINDS];
};

/* -1: there is none. */
static int find_listener(const struct server *server, int kind, uint64_t *id)
{
    *id = FORWARD_REMOTE;
    if (kind <= CONNECTIONS_REMOTE)
        return server->at->fd[kind];
    return forward_listener(server->agent, (size_t)(kind - CONNECTIONS_REMOTE),
                            id);
}

/* false: not one event. */
static bool await_event(struct server *server)
{
    int patience_ms = LOOK_MS;
    uint64_t id;

    for (int i = 0; i < CONNECTIONS_KINDS; i++) {
        server->wait[i] = (struct pollfd){
            .fd = server->is_full[i] ? -1 : find_listener(server, i, &id),
            .events = POLLIN};
        if (server->is_full[i])
            patience_ms = FULL_PAUSE_MS;
    }
    server->wait[STOP] =
        (struct pollfd){.fd = server->agent->stop_fd, .events = POLLIN};
    server->wait[CHANGE] =
        (struct pollfd){.fd = server->agent->forward_fd, .events = POLLIN};
    return poll(server->wait, WAIT_COUNT, patience_ms) >= 0;
}

/* Each socket is looked at for itself: that one is full holds the others not
 * up.  One that has ended meanwhile takes nobody. */
static void accept_all(struct server *server)
{
    eventfd_t ignored;

    if (server->wait[CHANGE].revents != 0)
        (void)!eventfd_read(server->agent->forward_fd, &ignored);
    for (int i = 0; i < CONNECTIONS_KINDS; i++) {
        struct connections_comer comer = {.kind = (enum connections_kind)i};
        int listener;

        if (!server->is_full[i] && server->wait[i].revents == 0)
            continue;
        listener = find_listener(server, i, &comer.forward);
        server->is_full[i] =
            listener >= 0 && !accept_one(&server->all, listener, comer);
    }
}

static void serve_all(struct fob_agent *agent, const struct listeners *at,
                      const char *path)
{
    struct server server = {.agent = agent, .at = at};
    struct stat info;

    if (lstat(path, &info) != 0)
        return;
    connections_init(&server.all, agent);
    while (is_reachable(path, &info)) {
        if (!await_event(&server))
            continue;
        if (server.wait[STOP].revents != 0)
            break;
        accept_all(&server);
    }
    if (is_reachable(path, &info))
        unlink_both(path);
    forward_unlink_all(agent);
    agent_lock(agent, true);
    agent_await_lockers(agent, LOCKERS_MS);
}

static enum fob_status bind_at(const char *path, int listener,
                               struct fob_error *error)
{
    struct sockaddr_un address;
    int folder;
    enum fob_status status =
        fob_socket_address_make(path, &address, &folder, error);

    if (status == FOB_OK &&
        ((unlink(path) != 0 && errno != ENOENT) ||
         bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
         listen(listener, BACKLOG) != 0))
        status =
            fob_error_errno(error, FOB_E_FAILED, "cannot listen at %s", path);
    if (folder >= 0)
        close(folder);
    return status;
}

/* Not to be held up by one who hangs up before it is accepted. */
static enum fob_status listen_at(const char *path, int *listener,
                                 struct fob_error *error)
{
    enum fob_status status;

    *listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*listener < 0)
        return fob_error_errno(error, FOB_E_FAILED, "no socket");
    umask(0177);
    status = bind_at(path, *listener, error);
    umask(0077);
    return status;
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
        status = listen_at(remote, &at->fd[CONNECTIONS_REMOTE], error);
    if (status == FOB_OK)
        status = listen_at(path, &at->fd[CONNECTIONS_LOCAL], error);
    return status;
}

int server_run_shared(struct fob_agent *agent, int ready_fd)
{
    char path[FOB_PATH_MAX];
    struct fob_error error = {0};
    struct listeners at = {{-1, -1}};
    int lock = -1;
    enum fob_status status = fob_path_get(FOB_PATH_SOCKET, path, &error);

    if (status == FOB_OK)
        status = take_place(path, &lock, &error);
    if (status == FOB_OK)
        status = listen_both(path, &at, &error);
    if (status == FOB_OK && !start_lock_timer(agent))
        status = fob_error_set(&error, FOB_E_FAILED, "no thread");
    if (status == FOB_OK)
        runtime_links_make();
    if (status != FOB_OK && status != FOB_E_BUSY)
        (void)!write(ready_fd, error.text, strlen(error.text));
    close(ready_fd);
    if (status != FOB_OK)
        return status == FOB_E_BUSY ? 0 : fob_status_exit(status);
    serve_all(agent, &at, path);
    runtime_links_remove();
    /* In this order: who gets the lock must not be able to connect here. */
    close(at.fd[CONNECTIONS_LOCAL]);
    close(at.fd[CONNECTIONS_REMOTE]);
    close(lock);
    return 0;
}

int server_run_private(struct fob_agent *agent, int fd)
{
    struct dispatch_peer peer = {.fd = fd, .is_private = true};

    if (!start_lock_timer(agent))
        return fob_status_exit(FOB_E_FAILED);
    while (dispatch_request(agent, &peer))
        ;
    agent_lock(agent, true);
    return 0;
}
