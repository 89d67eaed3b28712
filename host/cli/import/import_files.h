/* SPDX-License-Identifier: MIT */
/* The files that a person hands to `fob import`. */
#ifndef FOB_HOST_CLI_IMPORT_IMPORT_FILES_H
#define FOB_HOST_CLI_IMPORT_IMPORT_FILES_H

#include "host/cli/call/command.h"

/* Put all of call->operand into call->request, of pictures the texts of their
 * codes.  Error set, with the file's name. */
FOB_MUST_CHECK enum fob_status import_files_put(struct command_call *call);

#endif
