/* SPDX-License-Identifier: MIT */
/*
 * What the store has to do that takes long, an erase at a time: a reset that
 * has begun, and room for the next records.  Whoever is on the bus goes first,
 * for as long as a reset can wait; the room is made when nobody asks anything.
 */
#ifndef FOB_FIRMWARE_APP_UPKEEP_H
#define FOB_FIRMWARE_APP_UPKEEP_H

#include "firmware/app/store/store_mount.h"

enum {
    UPKEEP_WAY_MS = 50,       /* for which the bus has the right of way */
    UPKEEP_WAY_MAX_MS = 1000, /* after which a reset goes on all the same */
    UPKEEP_IDLE_MS = 300,     /* without a command, before room is made */
};

struct upkeep {
    uint64_t way_ms;    /* the bus has it until then */
    uint64_t worked_ms; /* when a step was last done */
    uint64_t asked_ms;  /* when there was a command last */
};

void upkeep_give_way(struct upkeep *upkeep, uint64_t now_ms);

/* Do a step if one is due; `is_idle`: there is no command. */
void upkeep_poll(struct upkeep *upkeep, struct store *store, uint64_t now_ms,
                 bool is_idle);

#endif
