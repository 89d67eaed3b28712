/* SPDX-License-Identifier: MIT */
/* The environment that `fob exec` gives its command. */
#ifndef FOB_HOST_CLI_CALL_ENVIRONMENT_H
#define FOB_HOST_CLI_CALL_ENVIRONMENT_H

#include "host/cli/call/sdk_session.h"

struct environment {
    char **variables;         /* "NAME=VALUE", NULL-ended */
    struct fob_secret values; /* of the session's */
};

/* What call->reply becomes there, and what must not stand beside it. */
struct environment_form {
    const struct sdk_session_name *names;
    const char *const *rivals;
};

/* Ours without the rivals and fob's own secrets, and with the reply. */
FOB_MUST_CHECK enum fob_status
environment_make(const struct command_call *call,
                 const struct environment_form *form,
                 struct environment *environment);

void environment_free(struct environment *environment);

#endif
