/* SPDX-License-Identifier: MIT */
#include "host/base/child.h"

#include "host/base/monotonic.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ_STEP = 4096, PIECES_MAX = 32 };

/* One run.  Descriptors are -1 once closed. */
struct run {
    const struct fob_child *child;
    pid_t pid; /* 0 while there is none to wait for */
    int wait_fd;
    int feed;   /* our end of its stdin */
    int drain;  /* our end of its stdout */
    int its_in; /* its ends, until it has them */
    int its_out;
    int hear; /* our end of its stderr, -1 when nobody wants it */
    int its_err;
    size_t fed; /* bytes of input sent */
    int64_t end_ms;
};

static void descriptor_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Its stdin is a socket, for only a socket can be written without SIGPIPE. */
static bool run_open_input(struct run *run)
{
    int pair[2];

    if (run->child->input == NULL) {
        run->its_in = fcntl(run->child->input_fd, F_DUPFD_CLOEXEC, 3);
        return run->its_in >= 0;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    run->feed = pair[0];
    run->its_in = pair[1];
    return true;
}

static bool run_open(struct run *run)
{
    int ends[2];

    if (!run_open_input(run) || pipe2(ends, O_CLOEXEC) != 0)
        return false;
    run->drain = ends[0];
    run->its_out = ends[1];
    if (run->child->told == NULL)
        return true;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    run->hear = ends[0];
    run->its_err = ends[1];
    return fcntl(run->hear, F_SETFL, O_NONBLOCK) == 0;
}

/* Our end of each pair has the lower number, so neither of its ends is 0,
 * even where we were started without 0, 1 and 2: no step undoes another. */
static int spawn_actions(const struct run *run,
                         posix_spawn_file_actions_t *actions)
{
    int fault = posix_spawn_file_actions_adddup2(actions, run->its_in, 0);

    if (fault == 0)
        fault = posix_spawn_file_actions_adddup2(actions, run->its_out, 1);
    if (fault == 0 && run->its_err >= 0)
        fault = posix_spawn_file_actions_adddup2(actions, run->its_err, 2);
    else if (fault == 0)
        fault = posix_spawn_file_actions_addopen(actions, 2, "/dev/null",
                                                 O_WRONLY, 0);
    if (fault == 0)
        fault = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    return fault;
}

/* A fresh start: signals as a program expects them. */
static int spawn_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, defaults;
    int fault;

    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGCHLD);
    fault = posix_spawnattr_setsigmask(attributes, &none);
    if (fault == 0)
        fault = posix_spawnattr_setsigdefault(attributes, &defaults);
    if (fault == 0)
        fault = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK |
                                                         POSIX_SPAWN_SETSIGDEF);
    return fault;
}

/* posix_spawn shares memory with the child until exec, so neither other
 * threads' locks nor wiped-on-fork secrets are in its way. */
static int run_spawn(struct run *run)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int fault = posix_spawn_file_actions_init(&actions);

    if (fault != 0)
        return fault;
    fault = posix_spawnattr_init(&attributes);
    if (fault != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return fault;
    }
    fault = spawn_actions(run, &actions);
    if (fault == 0)
        fault = spawn_attributes(&attributes);
    if (fault == 0)
        /* exec changes neither vector; its prototype is older than const. */
        fault =
            posix_spawn(&run->pid, run->child->argv[0], &actions, &attributes,
                        (char *const *)(uintptr_t)run->child->argv,
                        (char *const *)(uintptr_t)run->child->envp);
    if (fault != 0)
        run->pid = 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return fault;
}

static enum fob_status run_start(struct run *run, struct fob_error *error)
{
    int fault = run_open(run) ? run_spawn(run) : errno;

    descriptor_close(&run->its_in);
    descriptor_close(&run->its_out);
    descriptor_close(&run->its_err);
    if (fault == 0) {
        run->wait_fd = pidfd_open(run->pid, 0);
        fault = run->wait_fd < 0 ? errno : 0;
    }
    if (fault == 0)
        return FOB_OK;
    errno = fault;
    return fob_error_errno(error, FOB_E_FAILED, "cannot run %s",
                           run->child->argv[0]);
}

/* Send what the socket takes now.  A child that wants no more is its own
 * affair: its answer and exit status tell. */
static void run_feed(struct run *run)
{
    size_t left = run->child->input_len - run->fed;
    ssize_t sent = 0;

    if (left > 0)
        sent = send(run->feed, (const uint8_t *)run->child->input + run->fed,
                    left, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (sent > 0)
        run->fed += (size_t)sent;
    if (sent < 0 || run->fed == run->child->input_len)
        descriptor_close(&run->feed);
}

static enum fob_status run_drain(struct run *run, struct fob_secret *output)
{
    enum fob_status status = fob_secret_reserve(output, READ_STEP);
    ssize_t got;

    if (status != FOB_OK)
        return status;
    got = read(run->drain, output->data + output->len, READ_STEP);
    if (got < 0)
        return errno == EINTR ? FOB_OK : FOB_E_IO;
    if (got == 0)
        descriptor_close(&run->drain);
    output->len += (size_t)got;
    if (output->len > run->child->output_max)
        return FOB_E_TOO_LONG;
    if (got > 0 && run->child->hear != NULL)
        run->child->hear(run->child->context, output);
    return FOB_OK;
}

/* Whoever holds it open longer than the child is not waited for. */
static void run_hear(struct run *run)
{
    char piece[READ_STEP];
    ssize_t got = 1;

    for (int i = 0; run->hear >= 0 && got > 0 && i < PIECES_MAX; i++) {
        got = read(run->hear, piece, sizeof(piece));
        if (got > 0)
            fob_tail_add(run->child->told, piece, (size_t)got);
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            descriptor_close(&run->hear);
    }
}

/* Serve both ends until the answer is whole and the child is gone. */
static enum fob_status run_serve(struct run *run, struct fob_secret *output)
{
    enum fob_status status = FOB_OK;
    bool gone = false;

    while (status == FOB_OK && (run->drain >= 0 || !gone)) {
        struct pollfd polled[4] = {
            {.fd = run->feed, .events = POLLOUT},
            {.fd = run->drain, .events = POLLIN},
            {.fd = gone ? -1 : run->wait_fd, .events = POLLIN},
            {.fd = run->hear, .events = POLLIN},
        };
        int64_t left_ms = run->end_ms - fob_monotonic_ms();
        if (left_ms <= 0)
            return FOB_E_BUSY;
        if (poll(polled, 4, (int)left_ms) < 0 && errno != EINTR)
            return FOB_E_FAILED;
        if (polled[0].revents)
            run_feed(run);
        if (polled[1].revents)
            status = run_drain(run, output);
        gone = gone || polled[2].revents;
        if (polled[3].revents)
            run_hear(run);
    }
    run_hear(run);
    return status;
}

static int run_reap(struct run *run)
{
    int wait_status = 0;

    while (waitpid(run->pid, &wait_status, 0) < 0 && errno == EINTR)
        continue;
    run->pid = 0;
    return WIFSIGNALED(wait_status)
               ? FOB_CHILD_SIGNALLED + WTERMSIG(wait_status)
               : WEXITSTATUS(wait_status);
}

static enum fob_status run_fault(const struct run *run, enum fob_status status,
                                 struct fob_error *error)
{
    const char *what = status == FOB_E_BUSY       ? "took too long"
                       : status == FOB_E_TOO_LONG ? "said too much"
                                                  : "could not be served";

    return fob_error_set(error, status, "%s %s", run->child->argv[0], what);
}

enum fob_status fob_child_run(const struct fob_child *child,
                              struct fob_secret *output, int *exit_status,
                              struct fob_error *error)
{
    struct run run = {.child = child,
                      .wait_fd = -1,
                      .feed = -1,
                      .drain = -1,
                      .its_in = -1,
                      .its_out = -1,
                      .hear = -1,
                      .its_err = -1,
                      .end_ms = fob_monotonic_ms() + child->timeout_ms};
    enum fob_status status = run_start(&run, error);

    *exit_status = -1;
    if (status == FOB_OK) {
        status = run_serve(&run, output);
        if (status != FOB_OK)
            run_fault(&run, status, error);
    }
    if (run.pid > 0 && status != FOB_OK)
        kill(run.pid, SIGKILL);
    if (run.pid > 0)
        *exit_status = run_reap(&run);
    if (status != FOB_OK)
        fob_secret_free(output);
    descriptor_close(&run.feed);
    descriptor_close(&run.drain);
    descriptor_close(&run.hear);
    descriptor_close(&run.wait_fd);
    return status;
}
