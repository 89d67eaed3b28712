/* SPDX-License-Identifier: MIT */
/* Which tokens there are. */
#ifndef FOB_HOST_TOKEN_LOCATIONS_FIND_H
#define FOB_HOST_TOKEN_LOCATIONS_FIND_H

#include "host/token/locations.h"

/* All places that may be a token.  With `wanted` "sim:PATH" that one only:
 * no real device is looked for. */
void fob_token_places_find(struct fob_token_places *places, const char *wanted);

#endif
