/* SPDX-License-Identifier: MIT */
/* Which tokens there are. */
#ifndef FOB_HOST_TOKEN_PLACES_H
#define FOB_HOST_TOKEN_PLACES_H

#include "host/token/transport.h"

/* All places that may be a token.  With `wanted` "sim:PATH" that one only:
 * no real device is looked for. */
void fob_token_places_find(struct fob_token_places *places, const char *wanted);

/* Whether the place may be the token `serial`: it is, or only it can tell. */
bool fob_token_place_may_be(const struct fob_token_place *place,
                            const char *serial);

#endif
