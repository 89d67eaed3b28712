/* SPDX-License-Identifier: MIT */
/* APDUs to a token with some accounts: answers keep to their room, and what
 * parses is written back as it was read. */
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
    (void)fixture_ask("00010000 1d 710167 73162106" KEY "7801");
    memcpy(fresh, fixture_flash, sizeof fresh);
}

static void check_parse(const uint8_t *data, size_t size)
{
    uint8_t *exact = exact_copy(data, size), *back = exact_copy(NULL, size);
    struct fob_writer writer;
    struct fob_apdu apdu;

    if (fob_apdu_parse(&apdu, exact, size) == FOB_OK) {
        fob_writer_init(&writer, back, size);
        fob_apdu_put(&writer, &apdu);
        if (writer.status != FOB_OK || writer.len != size ||
            memcmp(back, exact, size) != 0)
            abort();
    }
    free(exact);
    free(back);
}

/* Commands stand behind one another, each with a byte of length. */
static void run(const uint8_t *data, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t len = data[at++];
        uint8_t *exact;
        unsigned sw;

        if (len > size - at)
            len = size - at;
        exact = exact_copy(data + at, len);
        sw = fixture_run(FOB_INTERFACE_HID, exact, len);
        if (sw < 0x6100 || fixture_reply_len > FOB_APP_DATA_MAX ||
            (fixture_reply_len > 0 && sw != 0x9000 && sw != 0x6100))
            abort();
        free(exact);
        at += len;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;

    if (!ready)
        prepare();
    ready = true;
    check_parse(data, size);
    memcpy(fixture_flash, fresh, sizeof fresh);
    fixture_power();
    fixture_finger = true;
    (void)fixture_select();
    run(data, size);
    return 0;
}
