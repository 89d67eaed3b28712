/* SPDX-License-Identifier: MIT */
/* The session credentials in a reply, under the names that SDKs read. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "host/cli/command.h"
#include "host/cli/json.h"

/* Ask for a session of the profile in operand `index`, or of AWS_PROFILE.
 * The options of the three commands that do so. */
struct session_options {
    int duration;
    int min_ttl;
    int wait;
};
FOB_MUST_CHECK enum fob_status
session_fetch(struct command_call *call, const struct session_options *options,
              const char **profile);

/* A variable and its value; `value` is a view of the reply, or of `time`. */
struct session_variable {
    const char *name;
    const void *value;
    size_t len;
    char time[24];
};

/* Go through the variables that the reply sets in an environment: start with
 * *at = 0, go on until false.  A region is left out when the caller has
 * one. */
bool session_next(const struct command_call *call, size_t *at,
                  struct session_variable *variable);

/* Names that some SDKs would prefer to the variables above, NULL-ended. */
extern const char *const session_rivals[];

/* Names of all variables that session_next may give, NULL-ended. */
extern const char *const session_names[];

/* The members that SDKs know credentials by. */
void session_put_members(const struct command_call *call, struct json *json);

#endif
