/* SPDX-License-Identifier: MIT */
/* What fob puts into an environment beside a session: the profile's name, for
 * prompts, and the mark of what it set (mark.h). */
#ifndef FOB_HOST_CLI_CALL_OWN_VARIABLES_H
#define FOB_HOST_CLI_CALL_OWN_VARIABLES_H

#include "host/cli/call/mark.h"
#include "host/cli/call/sdk_session.h"

/* FOB_PROFILE; the same as AWS_VAULT, which prompts read; FOB_SET. */
enum { OWN_VARIABLES = 3 };
struct own_variables {
    struct sdk_session_variable variable[OWN_VARIABLES];
    char mark[MARK_CAP];
};

/* For what call->reply becomes by `names`; views of `own` and of the call. */
void own_variables_make(const struct command_call *call,
                        const struct sdk_session_name *names,
                        struct own_variables *own);

/* Their names, NULL-ended. */
extern const char *const own_variables_names[];

/* The profile whose session this process runs in, or NULL. */
const char *own_variables_profile(void);

#endif
