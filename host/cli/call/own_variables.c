/* SPDX-License-Identifier: MIT */
#include "host/cli/call/own_variables.h"

#include "host/cli/call/caller_environment.h"

#include <stdlib.h>
#include <string.h>

const char *const own_variables_names[] = {"FOB_PROFILE", "AWS_VAULT",
                                           MARK_NAME, NULL};

static void make_mark(const struct command_call *call,
                      const struct sdk_session_name *names,
                      char mark[static MARK_CAP])
{
    struct sdk_session_variable variable;

    mark[0] = '\0';
    while (sdk_session_next(call, &names, &variable))
        if (variable.tag == FOB_TAG_REGION ||
            variable.tag == FOB_TAG_ACCESS_KEY_ID ||
            variable.tag == FOB_TAG_EXPIRATION)
            mark_add(mark, variable.name, variable.value, variable.len);
}

void own_variables_make(const struct command_call *call,
                        const struct sdk_session_name *names,
                        struct own_variables *own)
{
    const char *profile = caller_environment_profile(call);
    const char *const value[OWN_VARIABLES] = {profile, profile, own->mark};

    make_mark(call, names, own->mark);
    for (size_t i = 0; i < OWN_VARIABLES; i++)
        own->variable[i] =
            (struct sdk_session_variable){.name = own_variables_names[i],
                                          .value = value[i],
                                          .len = strlen(value[i])};
}

const char *own_variables_profile(void)
{
    const char *profile = getenv("FOB_PROFILE");

    return profile != NULL && profile[0] != '\0' ? profile : NULL;
}
