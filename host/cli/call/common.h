/* SPDX-License-Identifier: MIT */
/* Options that mean the same to every command that takes them. */
#ifndef FOB_HOST_CLI_CALL_COMMON_H
#define FOB_HOST_CLI_CALL_COMMON_H

#include "host/cli/call/command.h"

/* Of every command, and of none: they stand before it or after.  A NULL name
 * ends. */
extern const struct command_option common_globals[];

/* The options of call->common, by their index there; one that the command does
 * not take is NULL. */
const struct command_option *common_find(const struct command *command,
                                         enum command_common index);

/* The letter that stands for an option's name, such as 'd' for "duration", or
 * '\0'. */
char common_letter(const char *name);

/* Go through the names that a letter stands for, which differ from command to
 * command; start with *at = 0.  NULL at the end. */
const char *common_next_name(char letter, size_t *at);

#endif
