/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/clipboard.h"

#include "host/base/file.h"
#include "host/base/secret.h"
#include "src/wipe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 5, PATIENCE_S = 10 };

/* Wayland's first: under it, X11's often is there too but reaches less. */
static const struct board {
    const char *copy[WORDS_MAX];
    const char *paste[WORDS_MAX];
    const char *clear[WORDS_MAX]; /* nothing comes on its stdin */
} boards[] = {
    {{"wl-copy"}, {"wl-paste", "--no-newline"}, {"wl-copy", "--clear"}},
    {{"xclip", "-selection", "clipboard"},
     {"xclip", "-selection", "clipboard", "-out"},
     {"xclip", "-selection", "clipboard"}},
    {{"xsel", "--clipboard", "--input"},
     {"xsel", "--clipboard", "--output"},
     {"xsel", "--clipboard", "--clear"}},
    {{"pbcopy"}, {"pbpaste"}, {"pbcopy"}},
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
static bool spawn_program(const char *const *argv, int input, int output,
                          pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    bool is_good;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    is_good = posix_spawn_file_actions_adddup2(&actions, input, 0) == 0 &&
              posix_spawn_file_actions_addopen(&actions, 2, "/dev/null",
                                               O_WRONLY, 0) == 0 &&
              posix_spawn_file_actions_adddup2(
                  &actions, output < 0 ? 2 : output, 1) == 0 &&
              posix_spawn_file_actions_addclosefrom_np(&actions, 3) == 0 &&
              posix_spawnp(pid, argv[0], &actions, NULL,
                           (char *const *)(uintptr_t)argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return is_good;
}

static bool wait_for_success(pid_t pid)
{
    int wait_status = -1;

    while (waitpid(pid, &wait_status, 0) < 0 && errno == EINTR)
        continue;
    return wait_status == 0;
}

static bool run_with(const char *const *argv, const void *data, size_t len)
{
    int input = filled_pipe(data, len);
    bool is_good;
    pid_t pid;

    if (input < 0)
        return false;
    is_good = spawn_program(argv, input, -1, &pid) && wait_for_success(pid);
    close(input);
    return is_good;
}

/* What is on the clipboard; FOB_E_TOO_LONG when it cannot be a code. */
static enum fob_status paste_with(const char *const *argv,
                                  struct fob_secret *text)
{
    int ends[2], input;
    bool is_started = false;
    enum fob_status status = FOB_E_FAILED;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return FOB_E_FAILED;
    input = filled_pipe("", 0);
    if (input >= 0)
        is_started = spawn_program(argv, input, ends[1], &pid);
    close(input);
    close(ends[1]);
    if (is_started)
        status = fob_secret_read(text, ends[0], CLIPBOARD_MAX);
    close(ends[0]);
    if (is_started && !wait_for_success(pid))
        status = FOB_E_FAILED;
    return status;
}

static void clear_if_same(const struct board *board, const void *data,
                          size_t len)
{
    struct fob_secret text = {0};

    if (paste_with(board->paste, &text) == FOB_OK && text.len == len &&
        memcmp(text.data, data, len) == 0)
        (void)run_with(board->clear, "", 0);
    fob_secret_free(&text);
}

/* Nobody waits for this process, and it holds nothing of the caller's.  The
 * secret memory of its parent may be zeros here. */
static void clear_later(const struct board *board, const void *data, size_t len,
                        uint32_t clear_s)
{
    uint8_t copy[CLIPBOARD_MAX];
    int null;

    memcpy(copy, data, len);
    signal(SIGHUP, SIG_IGN);
    if (fork() == 0) {
        null = open("/dev/null", O_RDWR);
        for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
            dup2(null, fd);
        close_range(STDERR_FILENO + 1, ~0U, 0);
        setsid();
        if (chdir("/") == 0)
            sleep(clear_s);
        alarm(PATIENCE_S); /* a screen may be gone in a way that hangs */
        clear_if_same(board, copy, len);
        fob_wipe(copy, sizeof(copy));
        _exit(0);
    }
    fob_wipe(copy, sizeof(copy));
}

enum fob_status clipboard_copy(const void *data, size_t len, uint32_t clear_s,
                               struct fob_error *error)
{
    for (size_t i = 0; i < sizeof(boards) / sizeof(boards[0]); i++)
        if (run_with(boards[i].copy, data, len)) {
            if (clear_s > 0)
                clear_later(&boards[i], data, len, clear_s);
            return FOB_OK;
        }
    fob_error_set(error, FOB_E_FAILED,
                  "cannot copy: no clipboard program took the code");
    fob_error_hint(error, "install wl-clipboard, xclip or xsel, or leave out "
                          "--copy");
    return FOB_E_FAILED;
}
