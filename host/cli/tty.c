/* SPDX-License-Identifier: MIT */
#include "host/cli/tty.h"

#include "host/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* What would leave the terminal without echo if it struck in mid-prompt. */
static const int caught[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGALRM, SIGTERM,
                             SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE};
enum { CAUGHT = sizeof(caught) / sizeof(caught[0]) };

static volatile sig_atomic_t tty_signal;

struct tty {
    int fd;
    struct termios mode; /* as found */
    struct sigaction action[CAUGHT];
    sigset_t mask;
};

static void signal_note(int number)
{
    tty_signal = number;
}

/* Catch signals, but let them in only while waiting for a line, so that none
 * falls between looking and waiting.  What is ignored stays so (nohup). */
static void signals_hold(struct tty *tty)
{
    struct sigaction note = {.sa_handler = signal_note};
    sigset_t held;

    sigemptyset(&note.sa_mask);
    sigemptyset(&held);
    tty_signal = 0;
    for (size_t i = 0; i < CAUGHT; i++)
        sigaddset(&held, caught[i]);
    sigprocmask(SIG_BLOCK, &held, &tty->mask);
    for (size_t i = 0; i < CAUGHT; i++) {
        sigaction(caught[i], NULL, &tty->action[i]);
        if (tty->action[i].sa_handler != SIG_IGN)
            sigaction(caught[i], &note, NULL);
    }
}

static void signals_release(const struct tty *tty)
{
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(caught[i], &tty->action[i], NULL);
    sigprocmask(SIG_SETMASK, &tty->mask, NULL);
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

static bool mode_set(const struct tty *tty, bool echo)
{
    struct termios mode = tty->mode;

    if (!echo)
        mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    mode.c_lflag |= ICANON | ISIG;
    return tcsetattr(tty->fd, TCSAFLUSH, &mode) == 0;
}

/* One line in canonical mode, with its newline; none on a signal. */
static enum fob_status line_read(struct tty *tty, struct fob_secret *answer)
{
    struct pollfd ready = {.fd = tty->fd, .events = POLLIN};
    ssize_t got;

    if (tty_signal || ppoll(&ready, 1, NULL, &tty->mask) < 0)
        return tty_signal ? FOB_OK : FOB_E_NOBODY;
    got = read(tty->fd, answer->data, answer->cap);
    if (got <= 0)
        return FOB_E_NOBODY;
    answer->len = (size_t)got;
    if (answer->data[answer->len - 1] == '\n')
        answer->data[--answer->len] = '\0';
    return FOB_OK;
}

static void put(int fd, const char *text)
{
    /* A terminal that takes no text gives no answer either. */
    if (fob_file_write_all(fd, text, strlen(text)) != FOB_OK)
        return;
}

/* A prompt cut by a signal leaves its number in *number. */
static enum fob_status ask_once(struct tty *tty, const char *prompt, bool echo,
                                struct fob_secret *answer, int *number)
{
    enum fob_status status = FOB_E_NOBODY;

    if (!is_foreground(tty->fd) || tcgetattr(tty->fd, &tty->mode) != 0)
        return FOB_E_NOBODY;
    signals_hold(tty);
    if (mode_set(tty, echo)) {
        put(tty->fd, prompt);
        status = line_read(tty, answer);
        tcsetattr(tty->fd, TCSAFLUSH, &tty->mode);
        if (!echo || status != FOB_OK || tty_signal)
            put(tty->fd, "\n");
    }
    *number = tty_signal;
    signals_release(tty);
    return status;
}

enum fob_status tty_ask(const char *prompt, bool echo,
                        struct fob_secret *answer)
{
    struct tty tty = {.fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)};
    enum fob_status status;
    int number;

    if (tty.fd < 0)
        return FOB_E_NOBODY;
    status = fob_secret_alloc(answer, TTY_ANSWER_MAX);
    while (status == FOB_OK) {
        number = 0;
        status = ask_once(&tty, prompt, echo, answer, &number);
        if (number == 0)
            break;
        /* The terminal is in order, so the signal may do what it does.  One
         * that stops us is over when we get here again. */
        raise(number);
        status = FOB_OK;
    }
    close(tty.fd);
    if (status != FOB_OK)
        fob_secret_free(answer);
    return status;
}

bool tty_is_there(void)
{
    int fd = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);

    if (fd < 0)
        return false;
    close(fd);
    return true;
}

void tty_say(const char *text)
{
    int fd = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);

    if (fd < 0)
        return;
    put(fd, text);
    put(fd, "\n");
    close(fd);
}
