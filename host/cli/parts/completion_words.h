/* SPDX-License-Identifier: MIT */
/* What may stand where the cursor is. */
#ifndef FOB_HOST_CLI_PARTS_COMPLETION_WORDS_H
#define FOB_HOST_CLI_PARTS_COMPLETION_WORDS_H

#include "host/cli/call/command.h"

/* The candidates for the last of the `count` words after "fob", one a line.
 * Accounts are those of an unlocked agent that runs: nothing is started,
 * nobody is asked, and a second is all it takes. */
void completion_put_words(struct command_call *call, char *const *words,
                          int count);

#endif
