/* SPDX-License-Identifier: MIT */
/* What became of each of several things that were taken over. */
#ifndef FOB_HOST_CLI_IMPORT_IMPORT_RESULTS_H
#define FOB_HOST_CLI_IMPORT_IMPORT_RESULTS_H

#include "host/cli/call/listing.h"

/* Put the records of call->reply.  When one of them has a STATUS other than
 * FOB_OK, the first such is returned, with the error set; the
 * list has gone out by then. */
FOB_MUST_CHECK enum fob_status
import_results_put(struct command_call *call,
                   const struct listing_column *columns);

#endif
