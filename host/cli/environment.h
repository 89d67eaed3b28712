/* SPDX-License-Identifier: MIT */
/* The environment that `fob exec` gives its command. */
#ifndef CLI_ENVIRONMENT_H
#define CLI_ENVIRONMENT_H

#include "host/cli/session.h"

struct environment {
    char **variables;         /* "NAME=VALUE", NULL-ended */
    struct fob_secret values; /* of the session's */
};

/* Ours without what the session sets, its rivals and fob's own secrets, and
 * with the session in call->reply. */
FOB_MUST_CHECK enum fob_status
environment_make(const struct command_call *call,
                 struct environment *environment);

void environment_free(struct environment *environment);

#endif
