/* SPDX-License-Identifier: MIT */
#include "firmware/app/log/sector.h"

#include "firmware/app/log/crc32.h"
#include "firmware/app/log/flash.h"
#include "firmware/app/log/ring.h"
#include "src/bytes.h"

#include <string.h>

enum {
    MARK_AT = 0,
    PLACE_AT = 4, /* sequence number, CRC of it */
    HEAD_LEN = 12,
};

/* Ends in the version of the format. */
static const uint8_t sector_mark[4] = {'f', 'o', 'b', 1};

static uint32_t offset_of(uint8_t sector)
{
    return (uint32_t)sector * FOB_PORT_SECTOR;
}

static void put_place(uint8_t place[static 8], uint32_t sequence)
{
    struct fob_writer writer;

    fob_writer_init(&writer, place, 8);
    fob_put_u32(&writer, sequence);
    fob_put_u32(&writer, crc32_update(0, place, 4));
}

enum sector_state sector_look(uint8_t sector, uint32_t *sequence)
{
    uint32_t head = offset_of(sector);
    uint8_t found[8], wanted[8];
    struct fob_reader reader;

    fob_port_flash_read(head + MARK_AT, found, sizeof(sector_mark));
    if (memcmp(found, sector_mark, sizeof(sector_mark)) != 0)
        return SECTOR_DIRTY;
    if (flash_is_all(head + PLACE_AT, HEAD_LEN - PLACE_AT, 0xff))
        return SECTOR_BLANK;
    fob_port_flash_read(head + PLACE_AT, found, sizeof(found));
    fob_reader_init(&reader, found, sizeof(found));
    *sequence = fob_get_u32(&reader);
    put_place(wanted, *sequence);
    if (memcmp(found, wanted, sizeof(found)) != 0 || *sequence == 0 ||
        *sequence > RING_SEQUENCE_MAX)
        return SECTOR_DIRTY;
    return SECTOR_OPEN;
}

void sector_erase(uint8_t sector)
{
    uint8_t mark[sizeof(sector_mark)];

    memcpy(mark, sector_mark, sizeof(mark));
    flash_zero(offset_of(sector), HEAD_LEN);
    fob_port_watchdog_kick();
    fob_port_flash_erase(sector);
    fob_port_flash_program(offset_of(sector) + MARK_AT, mark, sizeof(mark));
}

bool sector_is_erased(uint8_t sector, uint32_t from, uint32_t end)
{
    if (from < LOG_RECORD_UNIT)
        from = LOG_RECORD_UNIT;
    for (uint32_t at = from; at < end; at += LOG_RECORD_UNIT)
        if (!flash_is_all(offset_of(sector) + at, LOG_RECORD_UNIT, 0xff))
            return false;
    return true;
}

enum fob_status sector_open(uint8_t sector, uint32_t sequence)
{
    uint8_t place[8];

    put_place(place, sequence);
    return flash_write(offset_of(sector) + PLACE_AT, place, sizeof(place));
}
