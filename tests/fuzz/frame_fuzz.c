/* SPDX-License-Identifier: MIT */
/* Reports to the HID interface, with time and polls in between: what comes back
 * is whole, and the token never stays busy with nobody. */
#include "firmware/app/transport/hid.h"
#include "tests/lib/channels.h"
#include "tests/lib/fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fob_hid hid;

static void drain(void)
{
    uint8_t report[FOB_FRAME_REPORT];

    for (int i = 0; fob_hid_next(&hid, report); i++)
        if (i > 200)
            abort();
}

/* The first byte is the length of what is sent, or time that passes. */
static size_t step(const uint8_t *data, size_t size)
{
    uint8_t report[FOB_FRAME_REPORT] = {0};
    size_t len = data[0] % (FOB_FRAME_REPORT + 1);

    if (data[0] > 200) {
        fixture_pass_ms(data[0]);
        return 1;
    }
    if (len > size - 1)
        len = size - 1;
    memcpy(report, data + 1, len);
    channels_pick(report, hid.channels.known, FOB_HID_CHANNELS);
    drain();
    fob_hid_take(&hid, report);
    return 1 + len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;

    if (!ready)
        fixture_open();
    ready = true;
    memset(fixture_app.sessions, 0, sizeof(fixture_app.sessions));
    fob_hid_init(&hid, &fixture_app);
    for (size_t at = 0; at < size;) {
        at += step(data + at, size - at);
        fob_app_poll(&fixture_app);
    }
    fixture_finger = true;
    for (int i = 0; i < 50; i++) {
        fixture_pass_ms(1000);
        drain();
    }
    if (fixture_app.progress != FOB_IDLE || hid.is_pending)
        abort();
    return 0;
}
