/* SPDX-License-Identifier: MIT */
/* Asking the person at the controlling terminal, wherever stdin, stdout and
 * stderr lead. */
#ifndef FOB_HOST_CLI_UI_TTY_H
#define FOB_HOST_CLI_UI_TTY_H

#include "host/base/secret.h"

enum { TTY_ANSWER_MAX = 1023 };

/* Show `prompt` and read one line into the empty `answer`, without its
 * newline.  The terminal's mode is put back on every way out, signals that
 * end or stop the process included; but after an answer that was not shown,
 * what is typed stays unseen until tty_go_on or the next question. FOB_E_NOBODY
 * without a terminal and for end of file, FOB_E_TOO_LONG for more than
 * TTY_ANSWER_MAX bytes. */
FOB_MUST_CHECK enum fob_status tty_ask(const char *prompt, bool is_shown,
                                       struct fob_secret *answer);

/* The same, not shown, of what may be pasted: its other lines, which come at
 * once, are part of the answer, with a newline between. */
FOB_MUST_CHECK enum fob_status tty_ask_pasted(const char *prompt,
                                              struct fob_secret *answer);

/* The same, not shown; but where another fob had to be waited for that asked at
 * the terminal, `is_answered` is looked at first: FOB_E_NOBODY when it is
 * true. */
FOB_MUST_CHECK enum fob_status
tty_ask_unless(const char *prompt, bool (*is_answered)(void *context),
               void *context, struct fob_secret *answer);

/* The answer has been checked: show again what is typed, and discard what was
 * typed till now, for no shell to run.  Harmless at all times. */
void tty_go_on(void);

/* Whether a person is there who can see why a command takes its time. */
bool tty_is_there(void);

/* Show one line. */
void tty_say(const char *text);

#endif
