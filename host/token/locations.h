/* SPDX-License-Identifier: MIT */
/* A list of places. */
#ifndef FOB_HOST_TOKEN_LOCATIONS_H
#define FOB_HOST_TOKEN_LOCATIONS_H

#include "host/token/transport.h"

/* Append a place; one too many is left out.  `serial` may be NULL. */
void fob_token_places_add(struct fob_token_places *places,
                          const struct fob_transport *transport,
                          const char *path, const char *serial);

/* Whether the place may be the token `serial`: it is, or only it can tell. */
bool fob_token_place_may_be(const struct fob_token_place *place,
                            const char *serial);

#endif
