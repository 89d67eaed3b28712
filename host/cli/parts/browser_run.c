/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/browser_run.h"

#include "host/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000, FIRST_OTHER_FD = 3 };

/* What this program has to say is no data of ours: it goes to stderr. */
static int add_descriptors(posix_spawn_file_actions_t *actions, int input)
{
    int fault =
        input >= 0
            ? posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO)
            : posix_spawn_file_actions_addopen(actions, STDIN_FILENO,
                                               "/dev/null", O_RDONLY, 0);

    if (fault == 0)
        fault = posix_spawn_file_actions_adddup2(actions, STDERR_FILENO,
                                                 STDOUT_FILENO);
    if (fault == 0)
        fault =
            posix_spawn_file_actions_addclosefrom_np(actions, FIRST_OTHER_FD);
    return fault;
}

static bool spawn_program(char *const *argv, int input, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    bool is_good = false;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    if (posix_spawnattr_init(&attributes) == 0) {
        is_good =
            posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID) == 0 &&
            add_descriptors(&actions, input) == 0 &&
            posix_spawnp(pid, argv[0], &actions, &attributes, argv, environ) ==
                0;
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return is_good;
}

/* Also when it is still there: it is init's child before long. */
static bool wait_a_little(pid_t pid)
{
    struct pollfd wait = {.fd = pidfd_open(pid, 0), .events = POLLIN};
    int ended = 0, ready = 0;

    if (wait.fd >= 0) {
        while ((ready = poll(&wait, 1, PATIENCE_MS)) < 0 && errno == EINTR)
            ;
        close(wait.fd);
        if (ready == 0)
            return true;
    }
    while (waitpid(pid, &ended, 0) < 0 && errno == EINTR)
        ;
    return ended == 0;
}

/* A pipe holds so little (16 pages) at once: nothing here can block. */
static int make_input(const void *data, size_t len)
{
    int ends[2];
    enum fob_status status;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    status = fob_file_write_all(ends[1], data, len);
    close(ends[1]);
    if (status == FOB_OK)
        return ends[0];
    close(ends[0]);
    return -1;
}

bool browser_run(char *const *argv, const void *input, size_t input_len)
{
    int fd = input == NULL ? -1 : make_input(input, input_len);
    bool is_good = input == NULL || fd >= 0;
    pid_t pid;

    if (is_good)
        is_good = spawn_program(argv, fd, &pid);
    if (fd >= 0)
        close(fd);
    return is_good && wait_a_little(pid);
}
