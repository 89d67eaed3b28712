/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/terminal.h"

#include "host/base/file.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* What would leave the terminal in our mode if it struck. */
static const int caught[TERMINAL_SIGNALS] = {SIGHUP,  SIGINT,  SIGQUIT,
                                             SIGALRM, SIGTERM, SIGTSTP,
                                             SIGTTIN, SIGTTOU, SIGPIPE};

static volatile sig_atomic_t terminal_signal;

static void signal_note(int number)
{
    terminal_signal = number;
}

/* Catch signals, but let them in only while waiting, so that none falls
 * between looking and waiting.  What is ignored stays so (nohup). */
static void signals_hold(struct terminal *terminal)
{
    struct sigaction note = {.sa_handler = signal_note};
    sigset_t held;

    sigemptyset(&note.sa_mask);
    sigemptyset(&held);
    terminal_signal = 0;
    for (size_t i = 0; i < TERMINAL_SIGNALS; i++)
        sigaddset(&held, caught[i]);
    sigprocmask(SIG_BLOCK, &held, &terminal->mask);
    for (size_t i = 0; i < TERMINAL_SIGNALS; i++) {
        sigaction(caught[i], NULL, &terminal->action[i]);
        if (terminal->action[i].sa_handler != SIG_IGN)
            sigaction(caught[i], &note, NULL);
    }
}

static void signals_release(const struct terminal *terminal)
{
    for (size_t i = 0; i < TERMINAL_SIGNALS; i++)
        sigaction(caught[i], &terminal->action[i], NULL);
    sigprocmask(SIG_SETMASK, &terminal->mask, NULL);
}

/* Whether we own the terminal.  From the background we stop, as any program
 * that wants it; who continues us has brought us to the front. */
static bool is_foreground(int fd)
{
    if (tcgetpgrp(fd) == getpgrp())
        return true;
    raise(SIGTTOU);
    return tcgetpgrp(fd) == getpgrp();
}

static bool mode_set(const struct terminal *terminal, enum terminal_mode wanted)
{
    struct termios mode = terminal->mode;

    mode.c_lflag |= ICANON | ISIG;
    if (wanted != TERMINAL_LINE)
        mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    if (wanted == TERMINAL_KEYS) {
        mode.c_lflag &= ~(tcflag_t)ICANON;
        mode.c_cc[VMIN] = 1;
        mode.c_cc[VTIME] = 0;
    }
    return tcsetattr(terminal->fd, TCSAFLUSH, &mode) == 0;
}

bool terminal_open(struct terminal *terminal)
{
    terminal->fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    return terminal->fd >= 0;
}

void terminal_close(struct terminal *terminal)
{
    close(terminal->fd);
    terminal->fd = -1;
}

bool terminal_enter(struct terminal *terminal, enum terminal_mode mode)
{
    if (!is_foreground(terminal->fd) ||
        tcgetattr(terminal->fd, &terminal->mode) != 0)
        return false;
    signals_hold(terminal);
    if (mode_set(terminal, mode))
        return true;
    signals_release(terminal);
    return false;
}

enum terminal_event terminal_wait(const struct terminal *terminal,
                                  int timeout_ms)
{
    struct pollfd ready = {.fd = terminal->fd, .events = POLLIN};
    const struct timespec timeout = {.tv_sec = timeout_ms / 1000,
                                     .tv_nsec = timeout_ms % 1000 * 1000000L};
    int count = 0;

    if (!terminal_has_signal())
        count =
            ppoll(&ready, 1, timeout_ms < 0 ? NULL : &timeout, &terminal->mask);
    if (terminal_has_signal())
        return TERMINAL_SIGNAL;
    if (count == 0)
        return TERMINAL_TIMEOUT;
    return count > 0 ? TERMINAL_TYPED : TERMINAL_GONE;
}

bool terminal_has_signal(void)
{
    return terminal_signal != 0;
}

int terminal_leave(const struct terminal *terminal)
{
    int number = terminal_signal;

    tcsetattr(terminal->fd, TCSAFLUSH, &terminal->mode);
    signals_release(terminal);
    return number;
}

void terminal_put(const struct terminal *terminal, const char *text)
{
    /* A terminal that takes no text gives no answer either. */
    if (fob_file_write_all(terminal->fd, text, strlen(text)) != FOB_OK)
        return;
}
