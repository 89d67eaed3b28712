/* SPDX-License-Identifier: MIT */
#include "host/qr/deadline.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static const struct fob_secret *deadline_answer;
static volatile sig_atomic_t is_answered;

/* write(2) and _exit(2) are all that a signal's handler and the sandbox allow;
 * it does not return. */
static void answer_late(int number)
{
    const uint8_t *at = deadline_answer->data;
    size_t left = deadline_answer->len;

    (void)number;
    if (is_answered)
        _exit(1);
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, at, left);

        if (written <= 0)
            _exit(1);
        at += written;
        left -= (size_t)written;
    }
    _exit(0);
}

enum fob_status fob_deadline_start(const struct fob_secret *answer)
{
    const struct itimerval timer = {.it_value = {.tv_sec = FOB_DEADLINE_S}};
    const struct sigaction action = {.sa_handler = answer_late};
    sigset_t signals;

    deadline_answer = answer;
    sigemptyset(&signals);
    sigaddset(&signals, SIGVTALRM);
    if (sigaction(SIGVTALRM, &action, NULL) != 0 ||
        sigprocmask(SIG_UNBLOCK, &signals, NULL) != 0 ||
        setitimer(ITIMER_VIRTUAL, &timer, NULL) != 0)
        return FOB_E_IO;
    return FOB_OK;
}

void fob_deadline_end(void)
{
    is_answered = 1;
}
