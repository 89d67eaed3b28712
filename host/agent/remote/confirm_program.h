/* SPDX-License-Identifier: MIT */
/* Yes or no through a program that meets a person: a pinentry, or one that asks
 * as ssh-askpass does.  It is given the question, the way to the screen, and no
 * secret. */
#ifndef FOB_HOST_AGENT_REMOTE_CONFIRM_PROGRAM_H
#define FOB_HOST_AGENT_REMOTE_CONFIRM_PROGRAM_H

#include "host/agent/request/desktop.h"
#include "host/base/error.h"

enum confirm_answer {
    CONFIRM_NOBODY, /* the zero state: it could not be asked */
    CONFIRM_UNANSWERED,
    CONFIRM_NO,
    CONFIRM_YES,
};

struct confirm_program {
    const char *path;
    const struct desktop *desktop;
    const char *text; /* the question; one line */
    int patience_s;
};

/* By GnuPG's Assuan protocol: CONFIRM. */
enum confirm_answer confirm_program_pinentry(const struct confirm_program *ask);

/* With the question as its argument and SSH_ASKPASS_PROMPT=confirm: exit status
 * 0, and nothing or "yes" said, is a yes. */
enum confirm_answer confirm_program_askpass(const struct confirm_program *ask);

/* What a pinentry said: a greeting, then one OK or ERR for each of `commands`,
 * of which the last one is CONFIRM.  Pure. */
enum confirm_answer confirm_program_read_pinentry(const char *said, size_t len,
                                                  size_t commands);

/* What an askpass said.  Pure. */
enum confirm_answer confirm_program_read_askpass(const char *said, size_t len,
                                                 int exit_status);

#endif
