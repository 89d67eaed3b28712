/* SPDX-License-Identifier: MIT */
/* The usage log, told from the oldest sector on. */
#include "firmware/app/oath/listing_parts.h"
#include "firmware/app/store/usage_log.h"

enum {
    USAGE_FACTS = 24,
    TAG_USE = 0x92,
    PART_UNITS = RING_UNITS / 2, /* a sector is looked at in two parts */
};

static void put_use(struct call *call, const struct usage *use)
{
    struct fob_writer *reply = &call->reply;

    fob_tlv_put_head(reply, TAG_USE, USAGE_FACTS);
    fob_put_u32(reply, use->number);
    fob_put_u32(reply, use->uid);
    fob_put_u64(reply, use->value);
    fob_put_u32(reply, use->count);
    fob_put_u16(reply, use->session);
    fob_put_u8(reply, use->flags);
    fob_put_u8(reply, use->skew_s);
}

/* Go on to a sector with something that is asked for; where the part ends. */
static uint32_t find_part(const struct store *store,
                          struct oath_listing *listing)
{
    uint8_t sector;
    uint32_t end = ring_sector_end(&store->ring, listing->next, &sector);

    while (end < ring_end(&store->ring) &&
           store->newest[sector] <= listing->since) {
        listing->next = end;
        end = ring_sector_end(&store->ring, end, &sector);
    }
    return listing->next < end - PART_UNITS ? end - PART_UNITS : end;
}

enum fob_status listing_put_uses(struct call *call)
{
    const struct store *store = &call->oath->store;
    struct oath_listing *listing = &call->session->listing;
    uint32_t end = find_part(store, listing);
    struct log_record record;
    struct usage use;
    uint16_t at;

    while (call->reply.cap - call->reply.len >= 2 + USAGE_FACTS) {
        if (!ring_next(&store->ring, &listing->next, end, &record, &at))
            return end < ring_end(&store->ring) ? FOB_E_BUSY : FOB_OK;
        if (usage_log_read(&record, &use) == FOB_OK &&
            use.number > listing->since)
            put_use(call, &use);
    }
    return FOB_E_BUSY;
}
