/* SPDX-License-Identifier: MIT */
/* What became of each account of an export of several. */
#ifndef FOB_HOST_CLI_PARTS_EXPORT_RESULTS_H
#define FOB_HOST_CLI_PARTS_EXPORT_RESULTS_H

#include "host/cli/call/command.h"

/* How many of call->reply's accounts were exported. */
size_t export_results_count(const struct command_call *call);

/* Tell which were left out, and why; when there are any, the status is the
 * first one's, with the error set. */
FOB_MUST_CHECK enum fob_status export_results_tell(struct command_call *call);

/* All of them as JSON: with the file of each, or, if `file` is NULL, the URI of
 * the code that each is in.  Error set. */
FOB_MUST_CHECK enum fob_status export_results_put(struct command_call *call,
                                                  const char *file);

#endif
