/* SPDX-License-Identifier: MIT */
/* `fob token flash FILE`. */
#ifndef CLI_TOKEN_FLASH_H
#define CLI_TOKEN_FLASH_H

#include "host/cli/command.h"

/* Write `file` to the board in its boot loader: at `bus`, or the only one
 * when that is NULL.  `force` goes on where fob-flash has doubts. */
FOB_MUST_CHECK enum fob_status token_flash(struct command_call *call,
                                           const char *file, const char *bus,
                                           bool force);

#endif
