/* SPDX-License-Identifier: MIT */
#include "firmware/app/log/ring.h"

#include "firmware/app/log/flash.h"
#include "firmware/app/log/sector.h"
#include "src/wipe.h"

static uint8_t tail_of(const struct ring *ring)
{
    return (uint8_t)((ring->head + 1u + FOB_PORT_SECTORS - ring->used) %
                     FOB_PORT_SECTORS);
}

/* Bytes of the record that begins so, or a unit when it is none or would not
 * fit in `room`. */
static size_t stored_len(const uint8_t *head, size_t room)
{
    size_t len = LOG_RECORD_HEAD + ((size_t)head[2] << 8 | head[3]);

    if (len < LOG_RECORD_UNIT || len > LOG_RECORD_MAX || len > room)
        return LOG_RECORD_UNIT;
    return len;
}

enum fob_status ring_read(uint16_t at, struct log_record *record)
{
    uint32_t offset = (uint32_t)at * LOG_RECORD_UNIT;
    uint8_t bytes[LOG_RECORD_MAX];
    enum fob_status status;
    size_t len;

    fob_port_flash_read(offset, bytes, LOG_RECORD_UNIT);
    len = stored_len(bytes, FOB_PORT_SECTOR - offset % FOB_PORT_SECTOR);
    if (len > LOG_RECORD_UNIT)
        fob_port_flash_read(offset, bytes, len);
    status = log_record_decode(record, bytes, len);
    fob_wipe(bytes, len);
    return status;
}

/* Places count units from the first sector ever opened. */
static uint32_t first_place(const struct ring *ring)
{
    return (ring->sequence + 1 - ring->used) * RING_UNITS;
}

uint32_t ring_end(const struct ring *ring)
{
    return ring->sequence * RING_UNITS + ring->next;
}

static uint32_t sector_of(const struct ring *ring, uint32_t place)
{
    uint32_t back = ring->sequence - place / RING_UNITS;

    return (ring->head + FOB_PORT_SECTORS - back) % FOB_PORT_SECTORS;
}

static uint16_t at_place(const struct ring *ring, uint32_t place)
{
    return (uint16_t)(sector_of(ring, place) * RING_UNITS + place % RING_UNITS);
}

uint32_t ring_sector_end(const struct ring *ring, uint32_t place,
                         uint8_t *sector)
{
    if (place < first_place(ring))
        place = first_place(ring);
    *sector = (uint8_t)sector_of(ring, place);
    return (place / RING_UNITS + 1) * RING_UNITS;
}

bool ring_next(const struct ring *ring, uint32_t *place, uint32_t end,
               struct log_record *record, uint16_t *at)
{
    if (*place < first_place(ring))
        *place = first_place(ring);
    if (end > ring_end(ring))
        end = ring_end(ring);
    for (; *place < end; ++*place) {
        *at = at_place(ring, *place);
        if (*place % RING_UNITS != 0 && ring_read(*at, record) == FOB_OK) {
            *place += (uint32_t)log_record_units(record->len);
            return true;
        }
    }
    return false;
}

/* Whether the head has room for `units` more. */
static bool has_room(const struct ring *ring, size_t units)
{
    return ring->used > 0 && ring->next + units <= RING_UNITS;
}

static uint8_t next_of(const struct ring *ring)
{
    return (uint8_t)((ring->head + 1) % FOB_PORT_SECTORS);
}

/* Look whether the next sector is as blank as its head says, up to byte `end`,
 * and erase it once more if it is not. */
static void check_next(struct ring *ring, uint32_t end)
{
    if (ring->used == FOB_PORT_SECTORS || ring->checked >= end)
        return;
    if (!sector_is_erased(next_of(ring), ring->checked, end)) {
        sector_erase(next_of(ring));
        end = FOB_PORT_SECTOR;
    }
    ring->checked = (uint16_t)end;
}

/* Write at the head, where there is room.  Each record pays for its part of a
 * look at the next sector. */
static enum fob_status
write_record(struct ring *ring, const struct log_record *record, uint16_t *at)
{
    uint8_t bytes[LOG_RECORD_MAX];
    size_t len = log_record_encode(record, bytes);
    enum fob_status status;

    *at = (uint16_t)(ring->head * RING_UNITS + ring->next);
    ring->next = (uint16_t)(ring->next + log_record_units(record->len));
    status = flash_write((uint32_t)*at * LOG_RECORD_UNIT, bytes, len);
    fob_wipe(bytes, len);
    if (ring->next < RING_UNITS)
        check_next(ring, (uint32_t)ring->next * LOG_RECORD_UNIT);
    return status;
}

static enum fob_status open_next(struct ring *ring)
{
    uint8_t next = next_of(ring);
    enum fob_status status;

    check_next(ring, FOB_PORT_SECTOR);
    status = sector_open(next, ring->sequence + 1);
    ring->checked = 0;
    if (status != FOB_OK) {
        sector_erase(next);
        return status;
    }
    ring->sequence++;
    ring->head = next;
    ring->used++;
    ring->next = 1;
    return FOB_OK;
}

static enum fob_status
copy_record(struct ring *ring, const struct log_record *record, uint16_t from)
{
    enum fob_status status;
    uint16_t to;

    if (!ring->owner.is_live(ring->owner.context, from))
        return FOB_OK;
    if (!has_room(ring, log_record_units(record->len)))
        return FOB_E_TOO_LONG;
    status = write_record(ring, record, &to);
    if (status == FOB_OK)
        ring->owner.moved(ring->owner.context, from, to);
    return status;
}

static enum fob_status copy_tail(struct ring *ring)
{
    enum fob_status status = FOB_OK;
    struct log_record record;
    uint8_t tail;
    uint32_t place = 0, end = ring_sector_end(ring, place, &tail);
    uint16_t from;

    while (status == FOB_OK && ring_next(ring, &place, end, &record, &from))
        status = copy_record(ring, &record, from);
    fob_wipe(&record, sizeof(record));
    return status;
}

/* Free the oldest sector.  The head has just been opened, so that what is
 * copied fits; nothing but copies is written while no sector is blank, and
 * so ring_mount may drop such a head. */
static enum fob_status reclaim_tail(struct ring *ring)
{
    enum fob_status status = copy_tail(ring);

    if (status != FOB_OK)
        return status;
    ring_erase_next(ring);
    return FOB_OK;
}

enum fob_status ring_append(struct ring *ring, const struct log_record *record,
                            uint16_t *at)
{
    /* Twice around frees whatever can be freed. */
    for (int step = 0; step < 4 * FOB_PORT_SECTORS; step++) {
        enum fob_status status;

        if (ring->used == FOB_PORT_SECTORS)
            status = reclaim_tail(ring);
        else if (has_room(ring, log_record_units(record->len)))
            return write_record(ring, record, at);
        else
            status = open_next(ring);
        if (status != FOB_OK)
            return status;
    }
    return FOB_E_TOO_LONG;
}

void ring_invalidate(uint16_t at)
{
    struct log_record record;

    if (at == RING_NOWHERE || ring_read(at, &record) != FOB_OK)
        return;
    flash_zero((uint32_t)at * LOG_RECORD_UNIT,
               log_record_units(record.len) * LOG_RECORD_UNIT);
    fob_wipe(&record, sizeof(record));
}

bool ring_erase_next(struct ring *ring)
{
    uint8_t tail = tail_of(ring);

    if (ring->used == 0)
        return false;
    sector_erase(tail);
    if (tail == next_of(ring))
        ring->checked = FOB_PORT_SECTOR;
    ring->used--;
    return ring->used > 0;
}

void ring_make_room(struct ring *ring)
{
    bool is_due =
        ring->used + 1 == FOB_PORT_SECTORS && !has_room(ring, RING_RESERVE);

    if (is_due && open_next(ring) != FOB_OK)
        return;
    if (ring->used == FOB_PORT_SECTORS)
        (void)reclaim_tail(ring);
}
