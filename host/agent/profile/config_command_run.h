/* SPDX-License-Identifier: MIT */
/* A command of the AWS files on its run; for config_command.c only. */
#ifndef FOB_HOST_AGENT_PROFILE_CONFIG_COMMAND_RUN_H
#define FOB_HOST_AGENT_PROFILE_CONFIG_COMMAND_RUN_H

#include "host/agent/profile/profile.h"

/* A line of the files that is run for the shell. */
struct config_command_line {
    const struct profile *profile;
    const char *key; /* of the setting */
    const char *line;
};

/* What it prints, into the empty `output`.  FOB_E_FAILED, with the error set,
 * when it fails: with what it said on stderr, unless a far machine asks. */
FOB_MUST_CHECK enum fob_status
config_command_run(struct fob_request *request,
                   const struct config_command_line *command,
                   struct fob_secret *output);

#endif
