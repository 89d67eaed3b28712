/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/store_mount.h"

#include "firmware/app/store/accounts.h"
#include "firmware/app/store/master_key.h"
#include "firmware/app/store/usage_log.h"
#include "src/wipe.h"

/* --- what counts, for the log --------------------------------------------*/

static bool is_live(void *context, uint16_t at)
{
    const struct store *store = context;
    const struct store_places *places = &store->at;

    if (at == places->key || at == places->tries || at == places->code ||
        at == places->last_use || at == places->uid)
        return true;
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++)
        if (store->accounts[i].at == at || store->accounts[i].use_at == at)
            return true;
    return false;
}

static void follow_record(uint16_t *place, uint16_t from, uint16_t to)
{
    if (*place == from)
        *place = to;
}

static void follow_move(void *context, uint16_t from, uint16_t to)
{
    struct store *store = context;

    follow_record(&store->at.key, from, to);
    follow_record(&store->at.tries, from, to);
    follow_record(&store->at.code, from, to);
    follow_record(&store->at.last_use, from, to);
    follow_record(&store->at.uid, from, to);
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++) {
        follow_record(&store->accounts[i].at, from, to);
        follow_record(&store->accounts[i].use_at, from, to);
    }
    usage_log_follow(store, to);
}

/* --- finding everything again --------------------------------------------*/

static void load_record(struct store *store, const struct log_record *record,
                        uint16_t at)
{
    if (record->uid >= store->next_uid)
        store->next_uid =
            record->uid < UINT32_MAX ? record->uid + 1 : UINT32_MAX;
    switch (record->type) {
    case LOG_RECORD_KEY:
        store_take_place(&store->at.key, at);
        break;
    case LOG_RECORD_TRIES:
        store_take_place(&store->at.tries, at);
        store->tries = record->flags;
        break;
    case LOG_RECORD_CODE:
        store_take_place(&store->at.code, at);
        break;
    case LOG_RECORD_ACCOUNT:
        accounts_load(store, record, at);
        break;
    case LOG_RECORD_UID:
        store_take_place(&store->at.uid, at);
        break;
    case LOG_RECORD_RESET:
        store->is_resetting = true;
        break;
    default:
        break;
    }
}

/* Uses come second: a use may stand before its account in the log. */
static void load_records(struct store *store)
{
    struct log_record record;
    uint32_t place = 0, end = ring_end(&store->ring);
    uint16_t at;

    while (ring_next(&store->ring, &place, end, &record, &at))
        load_record(store, &record, at);
    place = 0;
    while (ring_next(&store->ring, &place, end, &record, &at))
        if (record.type == LOG_RECORD_USE)
            usage_log_load(store, &record, at);
    fob_wipe(&record, sizeof(record));
}

static bool is_empty(const struct store *store)
{
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++)
        if (store->accounts[i].uid != 0)
            return false;
    return store->at.code == RING_NOWHERE;
}

void store_mount(struct store *store, struct random *random)
{
    const struct ring_owner owner = {store, is_live, follow_move};

    fob_wipe(store, sizeof(*store));
    store->random = random;
    store->next_uid = 1;
    ring_mount(&store->ring, &owner);
    load_records(store);
    store->new_uid = store->next_uid;
    while (store_reset_step(store))
        continue;
    if (store_is_lost(store) && is_empty(store))
        master_key_create(store);
    else if (!store->is_open)
        master_key_load(store);
}

/* --- as new --------------------------------------------------------------*/

/* All but the ring itself, whose count of sectors goes on. */
static void forget_all(struct store *store)
{
    struct ring ring = store->ring;
    struct random *random = store->random;

    fob_wipe(store, sizeof(*store));
    store->ring = ring;
    store->random = random;
    store->next_uid = store->new_uid = 1;
}

void store_reset_begin(struct store *store)
{
    const struct log_record record = {.type = LOG_RECORD_RESET};
    uint16_t at;

    /* A flash that cannot hold this record is erased all the same. */
    if (ring_append(&store->ring, &record, &at) != FOB_OK)
        store->ring.repairs++;
    forget_all(store);
    store->is_resetting = true;
}

bool store_reset_step(struct store *store)
{
    if (!store->is_resetting)
        return false;
    if (ring_erase_next(&store->ring))
        return true;
    forget_all(store);
    master_key_create(store);
    return false;
}

void store_make_room(struct store *store)
{
    ring_make_room(&store->ring);
}
