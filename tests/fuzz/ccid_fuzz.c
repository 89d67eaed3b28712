/* SPDX-License-Identifier: MIT */
/* Bytes of the bulk pipe to the CCID interface, in pieces, with time and polls
 * in between: answers are whole messages, and the token is free in the end. */
#include "firmware/app/transport/ccid.h"
#include "tests/lib/fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fob_ccid ccid;

static void drain(void)
{
    const uint8_t *message;
    size_t len;

    while ((message = fob_ccid_next(&ccid, &len)) != NULL) {
        uint8_t *exact = exact_copy(message, len);

        if (len < FOB_CCID_HEAD || len > FOB_CCID_MESSAGE_MAX ||
            exact[1] + exact[2] * 256u + FOB_CCID_HEAD != len ||
            (exact[0] & 0x80) == 0)
            abort();
        free(exact);
        fob_ccid_sent(&ccid);
    }
}

/* The first byte is the length of a piece, or time that passes. */
static size_t step(const uint8_t *data, size_t size)
{
    size_t len = data[0], taken = 0;
    uint8_t *exact;

    if (len > 240) {
        fixture_pass_ms(len * 2);
        drain();
        return 1;
    }
    if (len > size - 1)
        len = size - 1;
    exact = exact_copy(data + 1, len);
    while (taken < len) {
        taken += fob_ccid_take(&ccid, exact + taken, len - taken);
        fob_app_poll(&fixture_app);
        drain();
    }
    free(exact);
    return 1 + len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;

    if (!ready)
        fixture_open();
    ready = true;
    memset(fixture_app.sessions, 0, sizeof(fixture_app.sessions));
    fob_ccid_init(&ccid, &fixture_app);
    for (size_t at = 0; at < size;)
        at += step(data + at, size - at);
    for (int i = 0; i < 50; i++) {
        fixture_pass_ms(1000);
        drain();
    }
    if (fixture_app.progress != FOB_IDLE || ccid.command != FOB_CCID_NONE)
        abort();
    return 0;
}
