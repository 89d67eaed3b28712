/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_CLI_CALL_HELP_H
#define FOB_HOST_CLI_CALL_HELP_H

#include "host/cli/call/command.h"

/* What fob is called with; `commands` ends with NULL. */
void help_put_program(struct output *output,
                      const struct command *const *commands);

void help_put_command(struct output *output, const struct command *command);

#endif
