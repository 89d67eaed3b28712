/* SPDX-License-Identifier: MIT */
#include "firmware/app/upkeep.h"

void upkeep_give_way(struct upkeep *upkeep, uint64_t now_ms)
{
    upkeep->way_ms = now_ms + UPKEEP_WAY_MS;
}

static void go_on_resetting(struct upkeep *upkeep, struct store *store,
                            uint64_t now_ms)
{
    if (now_ms < upkeep->way_ms &&
        now_ms - upkeep->worked_ms < UPKEEP_WAY_MAX_MS)
        return;
    (void)store_reset_step(store);
    upkeep->worked_ms = fob_port_clock_ms();
}

void upkeep_poll(struct upkeep *upkeep, struct store *store, uint64_t now_ms,
                 bool is_idle)
{
    if (!is_idle)
        upkeep->asked_ms = now_ms;
    if (store->is_resetting)
        go_on_resetting(upkeep, store, now_ms);
    else if (now_ms >= upkeep->way_ms &&
             now_ms - upkeep->asked_ms >= UPKEEP_IDLE_MS)
        store_make_room(store);
}
