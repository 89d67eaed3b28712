/* SPDX-License-Identifier: MIT */
/* Reading a command line.  Of rejected words only what looks like a name is
 * repeated: a secret may have been typed where none belongs. */
#ifndef FOB_HOST_CLI_CALL_ARGUMENTS_H
#define FOB_HOST_CLI_CALL_ARGUMENTS_H

#include "host/cli/call/command.h"

/* Read the words after the command's name into `call`, whose `command` is
 * set.  Options and operands may be mixed; "--" ends the options, and so does,
 * of a command that is_prefix, the word behind PROFILE.  `words` ends with NULL
 * and is reordered.  *is_help is set for --help or -h, and the rest is then not
 * looked at. */
FOB_MUST_CHECK enum fob_status arguments_read(struct command_call *call,
                                              char **words, bool *is_help);

/* Whether --json is among these words, for errors found before it is read:
 * call->ui. */
void arguments_find_json(struct command_call *call, char *const *words);

/* The value of a numeric option; `fallback` when it is absent. */
FOB_MUST_CHECK enum fob_status arguments_number(struct command_call *call,
                                                int option, uint64_t fallback,
                                                uint64_t *number);

/* Seconds: "900", "900s", "15m", "12h", "7d"; 0 when the option is absent. */
FOB_MUST_CHECK enum fob_status
arguments_duration(struct command_call *call, int option, uint64_t *seconds);

#endif
