/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_CLI_TABLE_H
#define FOB_HOST_CLI_TABLE_H

#include "host/cli/call/command.h"

/* Every command, in the order of the help; ends with NULL.  For main alone: it
 * passes it on as call->commands. */
extern const struct command *const command_table[];

#endif
