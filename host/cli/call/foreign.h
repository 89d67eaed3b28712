/* SPDX-License-Identifier: MIT */
/* What other tools call things, and fob's way to them. */
#ifndef FOB_HOST_CLI_CALL_FOREIGN_H
#define FOB_HOST_CLI_CALL_FOREIGN_H

#include "host/cli/call/command.h"

/* Why fob has no such word, and what to run or to do instead. */
struct foreign {
    const char *word; /* without dashes; an option's letter is one byte */
    const char *text;
    const char *hint;
    const char *command; /* of an option: whose; NULL: those with --region */
};

/* What is known of a command, or of an option of `command`; or NULL. */
const struct foreign *foreign_find_command(const char *word);
const struct foreign *foreign_find_option(const struct command *command,
                                          const char *word);

#endif
