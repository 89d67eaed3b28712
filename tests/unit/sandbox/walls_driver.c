/* SPDX-License-Identifier: MIT */
/*
 * Goes behind a helper's walls, built of the helper's own objects, and tries
 * one thing there.
 *
 * usage: walls_driver WALLS ATTEMPT [WHAT]
 *
 * WALLS is qr, net, serve, flash, or none.  Prints what came of it: "done", the
 * name of an errno, or that of the signal that ended the process.
 */
#include "host/flash/sandbox.h"
#include "host/net/sandbox.h"
#include "host/qr/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NO_WALLS = 100 };

/* --- what is tried: true when it is done, else errno tells ----------------*/

static bool try_unix(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    return fd >= 0 &&
           connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
}

/* One of a pair that exists may be sent anywhere, if it is for datagrams. */
static bool try_pair(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int pair[2];

    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    return socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0 &&
           (connect(pair[0], (struct sockaddr *)&address, sizeof(address)) ==
                0 ||
            errno == EPROTOTYPE); /* there it is, and for streams */
}

static bool try_read(const char *path)
{
    char byte;
    int fd = open(path, O_RDONLY);

    return fd >= 0 && read(fd, &byte, 1) == 1;
}

static bool try_list(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY) >= 0;
}

static bool try_write(const char *path)
{
    return open(path, O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool try_overwrite(const char *path)
{
    return open(path, O_RDWR) >= 0;
}

static bool try_remove(const char *path)
{
    return unlink(path) == 0;
}

static bool try_signal(const char *pid)
{
    return kill(atoi(pid), 0) == 0;
}

/* A signal without the right call for it. */
static bool try_owner(const char *pid)
{
    int ends[2];

    return pipe2(ends, 0) == 0 && fcntl(ends[0], F_SETOWN, atoi(pid)) == 0;
}

static bool try_trace(const char *pid)
{
    return ptrace(PTRACE_SEIZE, atoi(pid), NULL, NULL) == 0;
}

static bool try_peek(const char *pid)
{
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)(uintptr_t)4096, 1};

    return process_vm_readv(atoi(pid), &here, 1, &there, 1, 0) == 1 ||
           errno == EFAULT; /* let in, and nothing is there */
}

static bool try_exec(const char *path)
{
    char *const none[] = {NULL};

    return execve(path, none, none) == 0;
}

static bool try_fork(const char *nothing)
{
    pid_t child = fork();

    (void)nothing;
    if (child == 0)
        _exit(0);
    return child > 0;
}

static bool try_dial(const char *port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)atoi(port)),
                                        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    return fd >= 0 &&
           connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0;
}

static bool try_listen(const char *nothing)
{
    const struct sockaddr_in address = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    (void)nothing;
    return fd >= 0 &&
           bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
           listen(fd, 1) == 0;
}

static bool try_ring(const char *nothing)
{
    (void)nothing;
    return syscall(425 /* io_uring_setup */, 1, calloc(1, 4096)) >= 0;
}

static const struct attempt {
    const char *name;
    bool (*act)(const char *what);
} attempts[] = {
    {"unix", try_unix},     {"pair", try_pair},
    {"read", try_read},     {"list", try_list},
    {"write", try_write},   {"overwrite", try_overwrite},
    {"remove", try_remove}, {"signal", try_signal},
    {"owner", try_owner},   {"trace", try_trace},
    {"peek", try_peek},     {"exec", try_exec},
    {"fork", try_fork},     {"dial", try_dial},
    {"listen", try_listen}, {"io_uring", try_ring},
};

/* --- behind the walls -----------------------------------------------------*/

static bool enter(const char *walls)
{
    /* Whose port 443 is left, as for any call to AWS. */
    static const struct fob_exchange_request request = {
        .method = "POST",
        .url = "https://sts.invalid/",
        .ca_bundle = "",
        .proxy = "",
        .no_proxy = "",
    };
    struct fob_error error = {0};

    if (strcmp(walls, "qr") == 0)
        return fob_sandbox_enter(&qr_sandbox, &error) == FOB_OK;
    if (strcmp(walls, "flash") == 0)
        return fob_sandbox_enter(&flash_sandbox, &error) == FOB_OK;
    if (strcmp(walls, "net") == 0)
        return net_sandbox_enter(&request, &error) == FOB_OK;
    if (strcmp(walls, "serve") == 0)
        return net_sandbox_enter_server(&error) == FOB_OK;
    return strcmp(walls, "none") == 0;
}

/* Errno as an exit status; nothing may be printed behind all walls. */
static int run_attempt(const char *walls, const struct attempt *attempt,
                       const char *what)
{
    if (!enter(walls))
        _exit(NO_WALLS);
    _exit(attempt->act(what) ? 0 : errno);
}

static const char *tell_outcome(int status)
{
    if (WIFSIGNALED(status))
        return sigabbrev_np(WTERMSIG(status));
    if (WEXITSTATUS(status) == NO_WALLS)
        return "no walls";
    return WEXITSTATUS(status) == 0 ? "done"
                                    : strerrorname_np(WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++)
        if (argc >= 3 && strcmp(argv[2], attempts[i].name) == 0) {
            int status = 0;
            pid_t child = fork();

            if (child == 0)
                run_attempt(argv[1], &attempts[i], argc > 3 ? argv[3] : "");
            if (child < 0 || waitpid(child, &status, 0) != child)
                return 2;
            puts(tell_outcome(status));
            return 0;
        }
    return 2;
}
