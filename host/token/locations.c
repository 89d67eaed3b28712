/* SPDX-License-Identifier: MIT */
#include "host/token/locations.h"

#include "host/base/text.h"

#include <string.h>

void fob_token_locations_add(struct fob_token_locations *locations,
                             const struct fob_transport *transport,
                             const char *path, const char *serial)
{
    struct fob_token_location *location;

    if (locations->count == FOB_TOKEN_LOCATIONS_MAX)
        return;
    location = &locations->location[locations->count];
    *location = (struct fob_token_location){.transport = transport};
    if (fob_text_copy(location->path, sizeof(location->path), path) == FOB_OK &&
        fob_text_copy(location->serial, sizeof(location->serial),
                      serial != NULL ? serial : "") == FOB_OK)
        locations->count++;
}

bool fob_token_location_may_be(const struct fob_token_location *location,
                               const char *serial)
{
    return serial[0] == '\0' || location->serial[0] == '\0' ||
           strcmp(location->serial, serial) == 0;
}
