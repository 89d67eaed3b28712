/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/usage_log.h"

#include "src/bytes.h"

enum fob_status uses_read(const struct record *record, struct use *use)
{
    struct fob_reader reader;

    if (record->type != RECORD_USE)
        return FOB_E_DAMAGED;
    fob_reader_init(&reader, record->body, record->len);
    use->uid = record->uid;
    use->flags = record->flags;
    use->value = fob_get_u64(&reader);
    use->number = fob_get_u32(&reader);
    use->count = fob_get_u32(&reader);
    use->session = fob_get_u16(&reader);
    use->lead_s = fob_get_u8(&reader);
    return fob_reader_end(&reader) == FOB_OK ? FOB_OK : FOB_E_DAMAGED;
}

static void write(const struct use *use, struct record *record)
{
    struct fob_writer writer;

    *record = (struct record){
        .type = RECORD_USE, .flags = use->flags, .uid = use->uid};
    fob_writer_init(&writer, record->body, sizeof record->body);
    fob_put_u64(&writer, use->value);
    fob_put_u32(&writer, use->number);
    fob_put_u32(&writer, use->count);
    fob_put_u16(&writer, use->session);
    fob_put_u8(&writer, use->lead_s);
    record->len = (uint16_t)writer.len;
}

static uint32_t *newest_at(struct store *store, uint16_t at)
{
    return &store->newest[at / RING_UNITS];
}

static void take_in(struct account *account, const struct use *use, uint16_t at)
{
    account->last = use->value;
    account->marked = (use->flags & USE_CLEARED) == 0;
    account->uses = use->count;
    account->use_flags = use->flags;
    account->use_lead_s = use->lead_s;
    account->use_at = at;
}

void uses_found(struct store *store, const struct record *record, uint16_t at)
{
    int slot = store_slot_of(store, record->uid);
    struct use use;

    if (uses_read(record, &use) != FOB_OK)
        return;
    if (slot != STORE_NONE)
        take_in(&store->accounts[slot], &use, at);
    if (use.number > *newest_at(store, at))
        *newest_at(store, at) = use.number;
    if (use.number < store->uses)
        return;
    store->uses = use.number;
    store->session = use.session;
    store->at.last_use = at;
}

/* Its number is not at hand, but that of the latest is no lower. */
void uses_moved(struct store *store, uint16_t to)
{
    *newest_at(store, to) = store->uses;
}

/* Counts end, rather than start again: only a forged flash gets there. */
static uint32_t count_on(uint32_t count)
{
    return count < UINT32_MAX ? count + 1 : count;
}

static void number(struct store *store, int slot, struct use *use)
{
    if (!store->session_counted)
        store->session++;
    store->session_counted = true;
    use->session = store->session;
    use->number = count_on(store->uses);
    if (slot == STORE_NONE)
        return;
    use->uid = store->accounts[slot].uid;
    use->count = store->accounts[slot].uses;
    if ((use->flags & USE_CLEARED) == 0)
        use->count = count_on(use->count);
}

enum fob_status uses_add(struct store *store, int slot, struct use *use)
{
    struct record record;
    enum fob_status status;
    uint16_t at;

    number(store, slot, use);
    write(use, &record);
    status = ring_append(&store->ring, &record, &at);
    if (status != FOB_OK)
        return status;
    store->uses = use->number;
    store->at.last_use = at;
    *newest_at(store, at) = use->number;
    if (slot != STORE_NONE)
        take_in(&store->accounts[slot], use, at);
    return FOB_OK;
}
