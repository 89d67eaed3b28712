/* SPDX-License-Identifier: MIT */
#include "host/token/locations.h"

#include <string.h>

void fob_token_places_add(struct fob_token_places *places,
                          const struct fob_transport *transport,
                          const char *path, const char *serial)
{
    struct fob_token_place *place;

    if (serial == NULL)
        serial = "";
    if (places->count == FOB_TOKEN_PLACES_MAX ||
        strlen(path) >= FOB_TOKEN_PATH_MAX ||
        strlen(serial) > FOB_TOKEN_SERIAL_MAX)
        return;
    place = &places->place[places->count++];
    *place = (struct fob_token_place){.transport = transport};
    strcpy(place->path, path);
    strcpy(place->serial, serial);
}

bool fob_token_place_may_be(const struct fob_token_place *place,
                            const char *serial)
{
    return serial[0] == '\0' || place->serial[0] == '\0' ||
           strcmp(place->serial, serial) == 0;
}
