/* SPDX-License-Identifier: MIT */
#include "firmware/app/log/flash.h"
#include "firmware/app/log/ring.h"
#include "firmware/app/log/sector.h"
#include "src/wipe.h"

/* The newest open sector becomes the head; false when there is none. */
static bool find_head(struct ring *ring)
{
    uint32_t sequence;
    bool found = false;

    for (uint8_t i = 0; i < FOB_PORT_SECTORS; i++) {
        if (sector_look(i, &sequence) != SECTOR_OPEN)
            continue;
        if (found && sequence <= ring->sequence)
            continue;
        found = true;
        ring->head = i;
        ring->sequence = sequence;
    }
    return found;
}

/* The log reaches back to the farthest sector that is where its sequence
 * number says; one whose head has rotted in between keeps its records. */
static void find_tail(struct ring *ring)
{
    uint32_t sequence;

    for (uint8_t back = 0; back < FOB_PORT_SECTORS; back++) {
        uint8_t i = (uint8_t)((ring->head + FOB_PORT_SECTORS - back) %
                              FOB_PORT_SECTORS);

        if (sector_look(i, &sequence) == SECTOR_OPEN &&
            sequence + back == ring->sequence)
            ring->used = (uint8_t)(back + 1);
    }
}

static void find_ends(struct ring *ring)
{
    ring->used = 0;
    if (find_head(ring))
        find_tail(ring);
}

/* Without a blank sector, the head holds copies of what the tail still
 * holds: the cut came before the second phase.  The sector before it may have
 * a head that has rotted, and must not be written to as the newest then. */
static void undo_reclaim(struct ring *ring)
{
    if (ring->used < FOB_PORT_SECTORS)
        return;
    sector_erase(ring->head);
    find_ends(ring);
}

static void blank_the_rest(const struct ring *ring)
{
    uint32_t sequence;

    for (uint8_t i = 1; i <= FOB_PORT_SECTORS - ring->used; i++) {
        uint8_t sector = (uint8_t)((ring->head + i) % FOB_PORT_SECTORS);

        if (sector_look(sector, &sequence) != SECTOR_BLANK)
            sector_erase(sector);
    }
}

/* Zero whatever is no record: torn writes, invalidations that were cut, rot.
 * Leaves `next` behind the last unit that is not blank. */
static void repair_sector(struct ring *ring, uint8_t sector)
{
    struct log_record record;
    uint16_t unit = 1;

    ring->next = 1;
    while (unit < RING_UNITS) {
        uint16_t at = (uint16_t)(sector * RING_UNITS + unit), units = 1;
        uint32_t offset = (uint32_t)at * LOG_RECORD_UNIT;

        if (flash_is_all(offset, LOG_RECORD_UNIT, 0xff)) {
            unit++;
            continue;
        }
        if (ring_read(at, &record) == FOB_OK) {
            units = (uint16_t)log_record_units(record.len);
        } else if (!flash_is_all(offset, LOG_RECORD_UNIT, 0x00)) {
            flash_zero(offset, LOG_RECORD_UNIT);
            ring->repairs++;
        }
        unit = (uint16_t)(unit + units);
        ring->next = unit;
    }
    fob_wipe(&record, sizeof(record));
}

void ring_mount(struct ring *ring, const struct ring_owner *owner)
{
    *ring = (struct ring){.owner = *owner, .head = FOB_PORT_SECTORS - 1};
    find_ends(ring);
    undo_reclaim(ring);
    blank_the_rest(ring);
    for (uint8_t i = ring->used; i > 0; i--)
        repair_sector(ring, (uint8_t)((ring->head + FOB_PORT_SECTORS + 1 - i) %
                                      FOB_PORT_SECTORS));
}
