/* SPDX-License-Identifier: MIT */
/*
 * Whatever the flash holds: it mounts, takes commands, and mounts again to
 * the same.  The input is laid over a flash with accounts: pairs of a place
 * and bytes, with CRCs of heads and records put right, so that the fuzzer
 * reaches what lies behind them.
 */
#include "firmware/app/log/crc32.h"
#include "firmware/app/log/log_record.h"
#include "src/bytes.h"
#include "tests/lib/fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define KEY "3132333435363738393031323334353637383930"

static uint8_t fresh[SIM_FLASH_LEN];

static void prepare(void)
{
    fixture_open();
    (void)fixture_select();
    (void)fixture_ask("00010000 1b 710161 73162106" KEY);
    (void)fixture_ask("00010000 1b 710168 73161106" KEY);
    for (int i = 0; i < 300; i++)
        (void)fixture_ask("00a20001 05 710168 7400");
    memcpy(fresh, fixture_flash, sizeof(fresh));
}

static void put_u32(uint8_t *at, uint32_t value)
{
    struct fob_writer writer;

    fob_writer_init(&writer, at, 4);
    fob_put_u32(&writer, value);
}

/* Make what stands at a unit a whole record, or a sector's head one. */
static void mend(size_t offset)
{
    uint8_t *unit = fixture_flash + offset / LOG_RECORD_UNIT * LOG_RECORD_UNIT;
    size_t len = (size_t)unit[2] << 8 | unit[3];
    uint32_t crc;

    if ((offset / LOG_RECORD_UNIT * LOG_RECORD_UNIT) % FOB_PORT_SECTOR == 0) {
        put_u32(unit + 8, crc32_update(0, unit + 4, 4));
        return;
    }
    if (len > LOG_RECORD_BODY_MAX ||
        (size_t)(fixture_flash + sizeof(fixture_flash) - unit) <
            LOG_RECORD_HEAD + len)
        return;
    crc = crc32_update(0, unit, 8);
    put_u32(unit + 8, crc32_update(crc, unit + LOG_RECORD_HEAD, len));
}

/* Place (2), length (1), bytes; an odd place is mended. */
static void overlay(const uint8_t *data, size_t size)
{
    struct fob_reader reader;

    fob_reader_init(&reader, data, size);
    while (reader.left > 3) {
        size_t place = fob_get_u16(&reader), len = fob_get_u8(&reader);
        size_t offset = place * 2 % SIM_FLASH_LEN;

        if (len > reader.left)
            len = reader.left;
        if (len > SIM_FLASH_LEN - offset)
            len = SIM_FLASH_LEN - offset;
        memcpy(fixture_flash + offset, fob_get_bytes(&reader, len), len);
        if (place % 2 == 1)
            mend(offset);
    }
}

static uint32_t state(void)
{
    const struct store *store = &fixture_app.oath.store;
    uint32_t crc = crc32_update(0, store->id, sizeof(store->id));

    crc = crc32_update(crc, &store->uses, sizeof(store->uses));
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++) {
        crc = crc32_update(crc, &store->accounts[i].uid, 4);
        crc = crc32_update(crc, &store->accounts[i].last, 8);
    }
    return crc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    uint32_t before;

    if (!ready)
        prepare();
    ready = true;
    fixture_finger = true;
    memcpy(fixture_flash, fresh, sizeof(fresh));
    overlay(data, size);
    fixture_power();
    (void)fixture_select();
    (void)fixture_ask("00010000 1b 71016e 73162106" KEY);
    (void)fixture_ask("00a20001 05 710168 7400");
    (void)fixture_ask("00a10000");
    (void)fixture_ask("00f40000");
    before = state();
    fixture_power();
    if (state() != before)
        abort();
    (void)fixture_select();
    if (fixture_ask("0004dead") != 0x9000 || !fixture_app.oath.store.is_open)
        abort();
    return 0;
}
