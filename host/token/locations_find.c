/* SPDX-License-Identifier: MIT */
#include "host/token/locations_find.h"

#include <string.h>

static const char sim_prefix[] = "sim:";

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
