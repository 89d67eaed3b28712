/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/terminal.h"

#include "host/base/file.h"
#include "host/cli/ui/terminal_turn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A process has one controlling terminal, and its signals once. */
static struct sigaction found[NSIG];
static sigset_t found_mask;
static volatile sig_atomic_t noted_signal;
/* What a handler puts back, and forth: fd is -1 when no mode is ours. */
static struct terminal current = {.fd = -1};
static struct termios own_mode;
static bool is_held;

/* What ends or stops a process, or goes on with it, when nothing catches it;
 * that is all but these. */
static bool is_caught(int number)
{
    return number != SIGKILL && number != SIGSTOP && number != SIGCHLD &&
           number != SIGURG && number != SIGWINCH &&
           found[number].sa_handler != SIG_IGN;
}

/* Of a fault in the program: it cannot wait. */
static bool is_fault(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGFPE ||
           number == SIGILL || number == SIGTRAP || number == SIGSYS ||
           number == SIGABRT;
}

/* Also in a handler: tcsetattr, tcflush, tcgetpgrp and getpgrp are
 * async-signal-safe (POSIX.1-2008, 2.4.3).  It waits for no output, for which
 * ^S may stop the terminal. */
static void set_if_front(const struct termios *mode)
{
    if (tcgetpgrp(current.fd) != getpgrp())
        return;
    tcsetattr(current.fd, TCSANOW, mode);
    tcflush(current.fd, TCIFLUSH);
}

static void note_signal(int number)
{
    noted_signal = number;
}

/* Let the signal do what it does, with the terminal in order. */
static void pass_signal(int number)
{
    const struct sigaction own = found[number];
    struct sigaction ours;
    sigset_t one;

    sigaction(number, &own, &ours);
    sigemptyset(&one);
    sigaddset(&one, number);
    raise(number);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    sigprocmask(SIG_BLOCK, &one, NULL);
    sigaction(number, &ours, NULL);
}

static void handle_signal(int number)
{
    const int kept = errno;

    if (number != SIGCONT) {
        set_if_front(&current.mode);
        terminal_turn_end();
        pass_signal(number);
        /* Who has it now will not have it for long. */
        terminal_turn_retake();
    }
    set_if_front(&own_mode);
    errno = kept;
}

/* `handler` for all signals but faults, which always put the mode back.  What
 * is ignored stays so (nohup). */
static void catch_signals(void (*handler)(int))
{
    struct sigaction action = {.sa_flags = SA_RESTART};

    sigfillset(&action.sa_mask);
    for (int number = 1; number < NSIG; number++) {
        action.sa_handler = is_fault(number) ? handle_signal : handler;
        if (is_caught(number))
            sigaction(number, &action, NULL);
    }
}

/* Blocks them, so that none falls between looking and waiting. */
static void block_signals(sigset_t *mask)
{
    sigset_t held;

    sigfillset(&held);
    for (int number = 1; number < NSIG; number++)
        if (is_fault(number) || number == SIGCHLD)
            sigdelset(&held, number);
    sigprocmask(SIG_BLOCK, &held, mask);
}

static void find_signals(void)
{
    for (int number = 1; number < NSIG; number++) {
        found[number].sa_handler = SIG_IGN;
        (void)sigaction(number, NULL, &found[number]);
    }
}

static void release_signals(void)
{
    for (int number = 1; number < NSIG; number++)
        if (is_caught(number))
            sigaction(number, &found[number], NULL);
    sigprocmask(SIG_SETMASK, &found_mask, NULL);
}

static void make_mode(const struct termios *as_found, enum terminal_mode wanted)
{
    struct termios mode = *as_found;

    mode.c_lflag |= ICANON | ISIG;
    if (wanted != TERMINAL_LINE)
        mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    if (wanted == TERMINAL_KEYS) {
        mode.c_lflag &= ~(tcflag_t)ICANON;
        mode.c_cc[VMIN] = 1;
        mode.c_cc[VTIME] = 0;
    }
    own_mode = mode;
}

bool terminal_open(struct terminal *terminal)
{
    terminal->fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    return terminal->fd >= 0;
}

void terminal_close(struct terminal *terminal)
{
    if (terminal->fd >= 0)
        close(terminal->fd);
    terminal->fd = -1;
}

/* The mode, signals and mask as found are those from before the hold. */
static void take_over(struct terminal *terminal)
{
    sigset_t ignored;

    block_signals(&ignored);
    terminal->mode = current.mode;
    terminal->has_waited = false;
    terminal_close(&current);
    is_held = false;
}

static bool begin(struct terminal *terminal)
{
    if (!terminal_turn_take(terminal))
        return false;
    if (tcgetattr(terminal->fd, &terminal->mode) != 0) {
        terminal_turn_end();
        return false;
    }
    find_signals();
    block_signals(&found_mask);
    return true;
}

bool terminal_enter(struct terminal *terminal, enum terminal_mode mode)
{
    if (!terminal_turn_is_front(terminal->fd))
        return false;
    if (is_held)
        take_over(terminal);
    else if (!begin(terminal))
        return false;
    noted_signal = 0;
    make_mode(&terminal->mode, mode);
    current = *terminal;
    catch_signals(note_signal);
    if (tcsetattr(terminal->fd, TCSAFLUSH, &own_mode) == 0)
        return true;
    current.fd = -1;
    terminal_turn_end();
    release_signals();
    return false;
}

void terminal_take_keys(const struct terminal *terminal)
{
    make_mode(&terminal->mode, TERMINAL_KEYS);
    tcsetattr(terminal->fd, TCSANOW, &own_mode);
}

enum terminal_event terminal_wait(const struct terminal *terminal,
                                  int timeout_ms)
{
    struct pollfd ready = {.fd = terminal->fd, .events = POLLIN};
    const struct timespec timeout = {.tv_sec = timeout_ms / 1000,
                                     .tv_nsec = timeout_ms % 1000 * 1000000L};
    int count = 0;

    if (!terminal_has_signal())
        count = ppoll(&ready, 1, timeout_ms < 0 ? NULL : &timeout, &found_mask);
    if (terminal_has_signal())
        return TERMINAL_SIGNAL;
    if (count == 0)
        return TERMINAL_TIMEOUT;
    return count > 0 ? TERMINAL_TYPED : TERMINAL_GONE;
}

bool terminal_has_signal(void)
{
    return noted_signal != 0;
}

int terminal_leave(const struct terminal *terminal)
{
    int number = noted_signal;

    tcsetattr(terminal->fd, TCSAFLUSH, &terminal->mode);
    current.fd = -1;
    terminal_turn_end();
    release_signals();
    return number;
}

void terminal_hold(struct terminal *terminal)
{
    is_held = true;
    terminal->fd = -1;
    catch_signals(handle_signal);
    sigprocmask(SIG_SETMASK, &found_mask, NULL);
}

void terminal_release(void)
{
    sigset_t ignored;

    if (!is_held)
        return;
    block_signals(&ignored);
    set_if_front(&current.mode);
    terminal_close(&current);
    is_held = false;
    terminal_turn_end();
    release_signals();
}

void terminal_put(const struct terminal *terminal, const char *text)
{
    /* A terminal that takes no text gives no answer either. */
    if (fob_file_write_all(terminal->fd, text, strlen(text)) != FOB_OK)
        return;
}

bool terminal_is_plain(void)
{
    const char *kind = getenv("TERM");

    return kind != NULL && strcmp(kind, "dumb") == 0;
}
