/* SPDX-License-Identifier: MIT */
/* `fob token flash FILE`. */
#ifndef FOB_HOST_CLI_PARTS_TOKEN_FLASH_H
#define FOB_HOST_CLI_PARTS_TOKEN_FLASH_H

#include "host/cli/call/command.h"

/* What the command line says. */
struct token_flash {
    const char *file;
    const char *bus;    /* NULL: not named */
    const char *serial; /* NULL: not named */
    bool is_forced;     /* to go on where there are doubts */
};

/* Write the file to a board in its boot loader, or to a token that runs, which
 * enters its boot loader for that with a touch.  Of several boards none is
 * taken unless it is named. */
FOB_MUST_CHECK enum fob_status token_flash(struct command_call *call,
                                           const struct token_flash *what);

#endif
