/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/clipboard.h"

#include "host/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/* Wayland's first: under it, X11's often is there too but reaches less. */
static const char *const programs[][4] = {
    {"wl-copy", NULL},
    {"xclip", "-selection", "clipboard", NULL},
    {"xsel", "--clipboard", "--input", NULL},
    {"pbcopy", NULL},
};

/* A pipe that holds all of it already: nothing this short can block. */
static int filled_pipe(const void *data, size_t len)
{
    int ends[2];
    enum fob_status status;

    if (len > CLIPBOARD_MAX || pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    status = fob_file_write_all(ends[1], data, len);
    close(ends[1]);
    if (status == FOB_OK)
        return ends[0];
    close(ends[0]);
    return -1;
}

/* These programs stay behind to serve the clipboard, so they must keep none
 * of our descriptors: who waits for our stdout would wait for them. */
static bool spawn_program(const char *const *argv, int input, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    bool is_good;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    is_good = posix_spawn_file_actions_adddup2(&actions, input, 0) == 0 &&
              posix_spawn_file_actions_addopen(&actions, 1, "/dev/null",
                                               O_WRONLY, 0) == 0 &&
              posix_spawn_file_actions_adddup2(&actions, 1, 2) == 0 &&
              posix_spawn_file_actions_addclosefrom_np(&actions, 3) == 0 &&
              posix_spawnp(pid, argv[0], &actions, NULL,
                           (char *const *)(uintptr_t)argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return is_good;
}

static bool copy_with(const char *const *argv, const void *data, size_t len)
{
    int input = filled_pipe(data, len);
    int wait_status = -1;
    pid_t pid;

    if (input < 0)
        return false;
    if (spawn_program(argv, input, &pid))
        while (waitpid(pid, &wait_status, 0) < 0 && errno == EINTR)
            continue;
    close(input);
    return wait_status == 0;
}

enum fob_status clipboard_copy(const void *data, size_t len,
                               struct fob_error *error)
{
    for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
        if (copy_with(programs[i], data, len))
            return FOB_OK;
    fob_error_set(error, FOB_E_FAILED,
                  "cannot copy: no clipboard program took the code");
    fob_error_hint(error, "install wl-clipboard, xclip or xsel, or leave out "
                          "--copy");
    return FOB_E_FAILED;
}
