/* SPDX-License-Identifier: MIT */
/* A list of locations. */
#ifndef FOB_HOST_TOKEN_LOCATIONS_H
#define FOB_HOST_TOKEN_LOCATIONS_H

#include "host/token/transport.h"

/* Append a location; one too many is left out.  `serial` may be NULL. */
void fob_token_locations_add(struct fob_token_locations *locations,
                             const struct fob_transport *transport,
                             const char *path, const char *serial);

/* Whether the location may be the token `serial`: it is, or only it can tell.
 */
bool fob_token_location_may_be(const struct fob_token_location *location,
                               const char *serial);

#endif
