/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/store.h"

#include "src/wipe.h"

bool store_is_lost(const struct store *store)
{
    return store->at.key == RING_NOWHERE;
}

void store_take_place(uint16_t *place, uint16_t at)
{
    ring_invalidate(*place);
    *place = at;
}

enum fob_status store_replace(struct store *store,
                              const struct log_record *record, uint16_t *place)
{
    uint16_t at;
    enum fob_status status = ring_append(&store->ring, record, &at);

    if (status == FOB_OK)
        store_take_place(place, at);
    return status;
}

int store_slot_of(const struct store *store, uint32_t uid)
{
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++)
        if (uid != 0 && store->accounts[i].uid == uid)
            return i;
    return STORE_NONE;
}

void store_lock(struct store *store)
{
    fob_wipe(store->master, sizeof(store->master));
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++) {
        store->accounts[i].name_hash = 0;
        store->accounts[i].name_len = store->accounts[i].kind = 0;
    }
    store->is_open = false;
}
