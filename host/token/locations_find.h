/* SPDX-License-Identifier: MIT */
/* Which tokens there are. */
#ifndef FOB_HOST_TOKEN_LOCATIONS_FIND_H
#define FOB_HOST_TOKEN_LOCATIONS_FIND_H

#include "host/token/locations.h"

/* All locations that may be a token.  With `wanted` "sim:PATH" that one only:
 * no real device is looked for. */
void fob_token_locations_find(struct fob_token_locations *locations,
                              const char *wanted);

#endif
