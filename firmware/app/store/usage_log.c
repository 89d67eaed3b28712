/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/usage_log.h"

#include "src/bytes.h"

enum fob_status usage_log_read(const struct log_record *record,
                               struct usage *use)
{
    struct fob_reader reader;

    if (record->type != LOG_RECORD_USE)
        return FOB_E_DAMAGED;
    fob_reader_init(&reader, record->body, record->len);
    use->uid = record->uid;
    use->flags = record->flags;
    use->value = fob_get_u64(&reader);
    use->number = fob_get_u32(&reader);
    use->count = fob_get_u32(&reader);
    use->session = fob_get_u16(&reader);
    use->skew_s = fob_get_u8(&reader);
    return fob_reader_end(&reader) == FOB_OK ? FOB_OK : FOB_E_DAMAGED;
}

static void encode_usage(const struct usage *use, struct log_record *record)
{
    struct fob_writer writer;

    *record = (struct log_record){
        .type = LOG_RECORD_USE, .flags = use->flags, .uid = use->uid};
    fob_writer_init(&writer, record->body, sizeof(record->body));
    fob_put_u64(&writer, use->value);
    fob_put_u32(&writer, use->number);
    fob_put_u32(&writer, use->count);
    fob_put_u16(&writer, use->session);
    fob_put_u8(&writer, use->skew_s);
    record->len = (uint16_t)writer.len;
}

static uint32_t *newest_at(struct store *store, uint16_t at)
{
    return &store->newest[at / RING_UNITS];
}

static void load_usage(struct account *account, const struct usage *use,
                       uint16_t at)
{
    account->last = use->value;
    account->has_watermark = (use->flags & USAGE_CLEARED) == 0;
    account->uses = use->count;
    account->lag_s = use->skew_s;
    account->is_proven = (use->flags & USAGE_UNPROVEN) == 0;
    account->use_at = at;
}

void usage_log_load(struct store *store, const struct log_record *record,
                    uint16_t at)
{
    int slot = store_slot_of(store, record->uid);
    struct usage use;

    if (usage_log_read(record, &use) != FOB_OK)
        return;
    if (slot != STORE_NONE)
        load_usage(&store->accounts[slot], &use, at);
    if (use.number > *newest_at(store, at))
        *newest_at(store, at) = use.number;
    if (use.number < store->uses)
        return;
    store->uses = use.number;
    store->session = use.session;
    store->at.last_use = at;
}

/* Its number is not at hand, but that of the latest is no lower. */
void usage_log_follow(struct store *store, uint16_t to)
{
    *newest_at(store, to) = store->uses;
}

/* Counts end, rather than start again: only a forged flash gets there. */
static uint32_t count_on(uint32_t count)
{
    return count < UINT32_MAX ? count + 1 : count;
}

static void number_usage(struct store *store, int slot, struct usage *use)
{
    if (!store->is_session_counted)
        store->session++;
    store->is_session_counted = true;
    use->session = store->session;
    use->number = count_on(store->uses);
    if (slot == STORE_NONE)
        return;
    use->uid = store->accounts[slot].uid;
    use->count = store->accounts[slot].uses;
    if ((use->flags & USAGE_CLEARED) == 0)
        use->count = count_on(use->count);
}

enum fob_status usage_log_add(struct store *store, int slot, struct usage *use)
{
    struct log_record record;
    enum fob_status status;
    uint16_t at;

    number_usage(store, slot, use);
    encode_usage(use, &record);
    status = ring_append(&store->ring, &record, &at);
    if (status != FOB_OK)
        return status;
    store->uses = use->number;
    store->at.last_use = at;
    *newest_at(store, at) = use->number;
    if (slot != STORE_NONE)
        load_usage(&store->accounts[slot], use, at);
    return FOB_OK;
}
