/* SPDX-License-Identifier: MIT */
#include "host/token/locations_find.h"

#include <string.h>

static const char sim_prefix[] = "sim:";

/* libccid puts the serial that the bus tells into a reader's name. */
static bool is_twin(const struct fob_token_location *hid,
                    const struct fob_token_location *reader)
{
    const char *name = reader->path;

    return hid->transport == &fob_token_hid &&
           reader->transport == &fob_token_pcsc &&
           strstr(name, "fob token") != NULL &&
           (hid->serial[0] == '\0' || strchr(name, '(') == NULL ||
            strstr(name, hid->serial) != NULL);
}

/* A fob token that HID has shown is a reader, too, to PC/SC: of the two ways
 * one is left that is open. */
static bool is_needless(const struct fob_token_locations *locations,
                        const struct fob_token_location *it)
{
    for (size_t i = 0; i < locations->count; i++) {
        const struct fob_token_location *other = &locations->location[i];

        if ((is_twin(other, it) && !other->is_closed) ||
            (is_twin(it, other) && it->is_closed))
            return true;
    }
    return false;
}

static void drop_twins(struct fob_token_locations *locations)
{
    struct fob_token_locations all = *locations;
    bool has_closed = false;

    locations->count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (!is_needless(&all, &all.location[i])) {
            locations->location[locations->count++] = all.location[i];
            has_closed |= all.location[i].is_closed;
        }
    if (locations->count < all.count && !has_closed)
        locations->fob_trouble = NULL;
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
    locations->has_asked_pcsc = true;
    drop_twins(locations);
}
