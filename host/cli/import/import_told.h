/* SPDX-License-Identifier: MIT */
/* What became of each account of `fob import`. */
#ifndef FOB_HOST_CLI_IMPORT_IMPORT_TOLD_H
#define FOB_HOST_CLI_IMPORT_IMPORT_TOLD_H

#include "host/cli/call/command.h"

/* Put the records of call->reply, and a note of each that is not as the person
 * may think.  When one was left out, its status is returned, with the error
 * set; the list has gone out by then. */
FOB_MUST_CHECK enum fob_status import_told_put(struct command_call *call);

#endif
