/* SPDX-License-Identifier: MIT */
/* Reading one option of a command line, in all the ways to write it: --name
 * VALUE, --name=VALUE, -n VALUE, -nVALUE, and letters in a row. */
#ifndef FOB_HOST_CLI_CALL_OPTION_H
#define FOB_HOST_CLI_CALL_OPTION_H

#include "host/cli/call/command.h"

struct option_reading {
    struct command_call *call;
    char **words; /* what is left of the line, NULL-ended */
    bool is_help; /* --help or -h was read */
};

/* Take the option at it->words, and its value, into it->call. */
FOB_MUST_CHECK enum fob_status option_read(struct option_reading *it);

/* Take a word that is before the command.  False when it is no option of
 * common_globals, or is --help. */
bool option_take_global(struct command_call *call, const char *word);

#endif
