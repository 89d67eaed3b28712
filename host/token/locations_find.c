/* SPDX-License-Identifier: MIT */
#include "host/token/locations_find.h"

#include <string.h>

static const char sim_prefix[] = "sim:";

/* A fob token that HID has shown is a reader, too, to PC/SC. */
static void drop_twins(struct fob_token_locations *locations)
{
    size_t hids = 0, kept = 0;

    while (hids < locations->count &&
           locations->location[hids].transport == &fob_token_hid)
        hids++;
    for (size_t i = 0; i < locations->count; i++)
        if (i < hids || hids == 0 ||
            strstr(locations->location[i].path, "fob token") == NULL)
            locations->location[kept++] = locations->location[i];
    locations->count = kept;
}

void fob_token_locations_find(struct fob_token_locations *locations,
                              const char *wanted)
{
    *locations = (struct fob_token_locations){0};
    if (strncmp(wanted, sim_prefix, strlen(sim_prefix)) == 0) {
        fob_token_locations_add(locations, &fob_token_sim,
                                wanted + strlen(sim_prefix), NULL);
        return;
    }
    fob_token_hid.list(locations);
    fob_token_pcsc.list(locations);
    drop_twins(locations);
}
