/* SPDX-License-Identifier: MIT */
/* Reading a command line.  Rejected words are never echoed: a secret may have
 * been typed where none belongs. */
#ifndef FOB_HOST_CLI_CALL_ARGUMENTS_H
#define FOB_HOST_CLI_CALL_ARGUMENTS_H

#include "host/cli/call/command.h"

/* Read the words after the command's name into `call`, whose `command` is
 * set.  Options and operands may be mixed; "--" ends the options.  `words`
 * ends with NULL and is reordered.  *is_help is set for --help or -h, and the
 * rest is then not looked at. */
FOB_MUST_CHECK enum fob_status arguments_read(struct command_call *call,
                                              char **words, bool *is_help);

/* The value of a numeric option; `fallback` when it is absent. */
FOB_MUST_CHECK enum fob_status arguments_number(struct command_call *call,
                                                int option, uint64_t fallback,
                                                uint64_t *number);

/* Seconds: "900", "900s", "15m", "12h"; 0 when the option is absent. */
FOB_MUST_CHECK enum fob_status
arguments_duration(struct command_call *call, int option, uint64_t *seconds);

#endif
