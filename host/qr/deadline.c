/* SPDX-License-Identifier: MIT */
#include "host/qr/deadline.h"

#include "host/qr/reply.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

/* One is the answer, the other is made ready to be. */
static struct fob_secret answers[2];
static volatile sig_atomic_t current;
static volatile sig_atomic_t is_answered;

/* write(2) and _exit(2) are all that a signal's handler and the sandbox allow;
 * it does not return. */
static void answer_late(int number)
{
    const uint8_t *at = answers[current].data;
    size_t left = answers[current].len;

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

enum fob_status fob_deadline_start(struct fob_secret *answer)
{
    const struct itimerval timer = {.it_value = {.tv_sec = FOB_DEADLINE_S}};
    const struct sigaction action = {.sa_handler = answer_late};
    sigset_t signals;

    answers[current] = *answer;
    *answer = (struct fob_secret){0};
    sigemptyset(&signals);
    sigaddset(&signals, SIGVTALRM);
    if (sigaction(SIGVTALRM, &action, NULL) != 0 ||
        sigprocmask(SIG_UNBLOCK, &signals, NULL) != 0 ||
        setitimer(ITIMER_VIRTUAL, &timer, NULL) != 0)
        return FOB_E_IO;
    return FOB_OK;
}

enum fob_status fob_deadline_keep(const struct fob_codes *codes)
{
    enum fob_status status = fob_reply_codes(codes, &answers[!current]);

    if (status != FOB_OK)
        return status;
    current = !current;
    fob_secret_free(&answers[!current]);
    return FOB_OK;
}

void fob_deadline_end(void)
{
    is_answered = 1;
    fob_secret_free(&answers[0]);
    fob_secret_free(&answers[1]);
}
