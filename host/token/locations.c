/* SPDX-License-Identifier: MIT */
#include "host/token/locations.h"

#include <string.h>

void fob_token_locations_add(struct fob_token_locations *locations,
                             const struct fob_transport *transport,
                             const char *path, const char *serial)
{
    struct fob_token_location *location;

    if (serial == NULL)
        serial = "";
    if (locations->count == FOB_TOKEN_LOCATIONS_MAX ||
        strlen(path) >= FOB_TOKEN_PATH_MAX ||
        strlen(serial) > FOB_TOKEN_SERIAL_MAX)
        return;
    location = &locations->location[locations->count++];
    *location = (struct fob_token_location){.transport = transport};
    strcpy(location->path, path);
    strcpy(location->serial, serial);
}

bool fob_token_location_may_be(const struct fob_token_location *location,
                               const char *serial)
{
    return serial[0] == '\0' || location->serial[0] == '\0' ||
           strcmp(location->serial, serial) == 0;
}
