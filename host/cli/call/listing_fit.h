/* SPDX-License-Identifier: MIT */
/* How wide the columns of a table are. */
#ifndef FOB_HOST_CLI_CALL_LISTING_FIT_H
#define FOB_HOST_CLI_CALL_LISTING_FIT_H

#include "host/cli/call/listing.h"

enum { LISTING_GAP = 2 };

bool listing_fit_is_text(const struct listing_column *column);

/* From what the columns would take, 0 of one that is not shown, to what they
 * get of the width of stdout. */
void listing_fit_columns(const struct listing_column *columns, size_t *width);

#endif
