/* SPDX-License-Identifier: MIT */
#include "host/client/start.h"

#include "host/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The one descriptor an agent is given, after stdin, stdout and stderr. */
enum { GIVEN_FD = 3 };

/* What an agent may know of its caller: where things are. */
static const char *const kept_names[] = {
    "HOME",           "PATH",          "LANG",
    "FOB_HOME",       "XDG_DATA_HOME", "XDG_CONFIG_HOME",
    "XDG_STATE_HOME", "TMPDIR",        "XDG_RUNTIME_DIR",
    "ASAN_OPTIONS",
};
enum { KEPT_COUNT = sizeof(kept_names) / sizeof(kept_names[0]) };

extern char **environ;

static void keep_environment(char *kept[static KEPT_COUNT + 1])
{
    size_t count = 0;

    for (char **entry = environ; *entry != NULL; entry++)
        for (size_t i = 0; i < KEPT_COUNT; i++) {
            size_t len = strlen(kept_names[i]);

            if (count < KEPT_COUNT &&
                strncmp(*entry, kept_names[i], len) == 0 &&
                (*entry)[len] == '=')
                kept[count++] = *entry;
        }
    kept[count] = NULL;
}

/* In the child: become fob-agent with `given` as its only descriptor. */
_Noreturn static void become_agent(const char *path, const char *mode,
                                   int given)
{
    char *kept[KEPT_COUNT + 1];
    char *const argv[] = {(char *)(uintptr_t)path, (char *)(uintptr_t)mode,
                          NULL};
    int null = open("/dev/null", O_RDWR);
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    keep_environment(kept);
    if (null < 0 || chdir("/") != 0)
        _exit(127);
    /* `given` may be any number, 0 to 2 too: move it out of their way. */
    given = fcntl(given, F_DUPFD, GIVEN_FD);
    null = fcntl(null, F_DUPFD, GIVEN_FD);
    if (given < 0 || null < 0)
        _exit(127);
    for (int fd = 0; fd < GIVEN_FD; fd++)
        if (dup2(null, fd) < 0)
            _exit(127);
    if (given != GIVEN_FD && dup2(given, GIVEN_FD) < 0)
        _exit(127);
    if (close_range(GIVEN_FD + 1, ~0U, 0) != 0)
        _exit(127);
    execve(path, argv, kept);
    _exit(127);
}

/* The agent writes what kept it from listening, or closes without a word. */
static enum fob_status wait_until_ready(int fd, struct fob_error *error)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    size_t len = 0;

    while (len < sizeof(text) - 1) {
        ssize_t got = read(fd, text + len, sizeof(text) - 1 - len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        len += (size_t)got;
    }
    text[len] = '\0';
    if (len == 0)
        return FOB_OK;
    fob_error_set(error, FOB_E_AGENT, "no agent can be started: %s", text);
    fob_error_hint(error, "mend that, or do without one: FOB_NO_AGENT=1");
    return FOB_E_AGENT;
}

/* A session of its own and a parent that ends at once: nothing ties the
 * agent to the terminal or to the caller's children. */
static void detach_and_become(const char *path, int given)
{
    if (setsid() < 0)
        _exit(127);
    switch (fork()) {
    case -1:
        _exit(127);
    case 0:
        become_agent(path, "--shared", given);
    default:
        _exit(0);
    }
}

/* In a container it is the mount that is missing, not the program. */
static enum fob_status report_no_program(struct fob_error *error)
{
    char socket[FOB_PATH_MAX];
    struct fob_error ignored;

    if (fob_path_get(FOB_PATH_SOCKET, socket, &ignored) != FOB_OK)
        return error->status;
    fob_error_set(error, FOB_E_FAILED,
                  "no agent answers at %s, and the program fob-agent, which "
                  "would be started, is not installed",
                  socket);
    fob_error_hint(error, "install fob again: make install; in a container: "
                          "mount an agent's socket");
    return FOB_E_FAILED;
}

enum fob_status fob_start_shared(struct fob_error *error)
{
    char path[FOB_PATH_MAX];
    int ready[2], exit_status = 0;
    pid_t pid;
    enum fob_status status = fob_path_program("fob-agent", path, error);

    if (status != FOB_OK)
        return report_no_program(error);
    if (pipe2(ready, O_CLOEXEC) != 0)
        return fob_error_errno(error, FOB_E_FAILED, "no pipe");
    pid = fork();
    if (pid == 0)
        detach_and_become(path, ready[1]);
    close(ready[1]);
    if (pid < 0)
        status = fob_error_errno(error, FOB_E_FAILED, "cannot fork");
    else if (waitpid(pid, &exit_status, 0) != pid || exit_status != 0)
        status = fob_error_set(error, FOB_E_FAILED, "cannot start %s", path);
    else
        status = wait_until_ready(ready[0], error);
    close(ready[0]);
    return status;
}

enum fob_status fob_start_private(int *fd, int *pid, struct fob_error *error)
{
    char path[FOB_PATH_MAX];
    int pair[2];
    enum fob_status status = fob_path_program("fob-agent", path, error);

    if (status != FOB_OK)
        return status;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fob_error_errno(error, FOB_E_FAILED, "no socket");
    *pid = fork();
    if (*pid == 0)
        become_agent(path, "--private", pair[1]);
    close(pair[1]);
    if (*pid < 0) {
        close(pair[0]);
        return fob_error_errno(error, FOB_E_FAILED, "cannot fork");
    }
    *fd = pair[0];
    return FOB_OK;
}
