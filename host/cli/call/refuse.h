/* SPDX-License-Identifier: MIT */
/* What to say of a word of the command line that fob does not know: it is named
 * when it looks like a name, and so is the one that it may have been meant for,
 * or fob's way to what other tools call so.  Each sets the usage error. */
#ifndef FOB_HOST_CLI_CALL_REFUSE_H
#define FOB_HOST_CLI_CALL_REFUSE_H

#include "host/cli/call/command.h"

FOB_MUST_CHECK enum fob_status refuse_command(struct command_call *call,
                                              const char *word);

/* An option of call->command: `len` bytes without dashes, or a letter. */
FOB_MUST_CHECK enum fob_status refuse_option(struct command_call *call,
                                             const char *name, size_t len);
FOB_MUST_CHECK enum fob_status refuse_letter(struct command_call *call,
                                             char letter);

#endif
