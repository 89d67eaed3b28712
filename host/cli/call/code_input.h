/* SPDX-License-Identifier: MIT */
/* The six digits that a person or a program hands in on stdin: --code -. */
#ifndef FOB_HOST_CLI_CALL_CODE_INPUT_H
#define FOB_HOST_CLI_CALL_CODE_INPUT_H

#include "host/cli/call/command.h"

#define CODE_INPUT_HELP "six digits from stdin, whose rest is the command's"

/* Put the first line of stdin as FOB_TAG_CODE, the first time that it is
 * called; not a byte more is read, for the rest is somebody else's. FOB_E_USAGE
 * when the option's value is not "-", FOB_E_SYNTAX for what is no code. */
FOB_MUST_CHECK enum fob_status code_input_put(struct command_call *call,
                                              int option);

#endif
