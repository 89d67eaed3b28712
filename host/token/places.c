/* SPDX-License-Identifier: MIT */
#include "host/token/places.h"

#include <string.h>

static const char sim_prefix[] = "sim:";

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

/* A token of ours that HID has shown is a reader, too, to PC/SC. */
static void drop_twins(struct fob_token_places *places)
{
    size_t hids = 0, kept = 0;

    while (hids < places->count &&
           places->place[hids].transport == &fob_token_hid)
        hids++;
    for (size_t i = 0; i < places->count; i++)
        if (i < hids || hids == 0 ||
            strstr(places->place[i].path, "fob token") == NULL)
            places->place[kept++] = places->place[i];
    places->count = kept;
}

void fob_token_places_find(struct fob_token_places *places, const char *wanted)
{
    *places = (struct fob_token_places){0};
    if (strncmp(wanted, sim_prefix, strlen(sim_prefix)) == 0) {
        fob_token_places_add(places, &fob_token_sim,
                             wanted + strlen(sim_prefix), NULL);
        return;
    }
    fob_token_hid.list(places);
    fob_token_pcsc.list(places);
    drop_twins(places);
}

bool fob_token_place_may_be(const struct fob_token_place *place,
                            const char *serial)
{
    return serial[0] == '\0' || place->serial[0] == '\0' ||
           strcmp(place->serial, serial) == 0;
}
