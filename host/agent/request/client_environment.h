/* SPDX-License-Identifier: MIT */
/* The environment of whoever asks, as it sent it, in place of the agent's. */
#ifndef FOB_HOST_AGENT_REQUEST_CLIENT_ENVIRONMENT_H
#define FOB_HOST_AGENT_REQUEST_CLIENT_ENVIRONMENT_H

#include "host/wire/message.h"

enum { CLIENT_VARIABLES_MAX = 48 };

struct client_environment {
    struct fob_secret text;
    /* "NAME=VALUE", NULL-ended, into `text` */
    const char *variables[CLIENT_VARIABLES_MAX + 1];
};

/* The ENV fields of `message`, or of none (NULL), into the empty
 * `environment`; HOME and PATH, where they do not say, are the agent's own.
 * More than CLIENT_VARIABLES_MAX are passed over.  FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status
client_environment_read(struct client_environment *environment,
                        const struct fob_message *message);
void client_environment_free(struct client_environment *environment);

/* The value of a variable, or NULL. */
const char *client_environment_get(const struct client_environment *environment,
                                   const char *name);

#endif
