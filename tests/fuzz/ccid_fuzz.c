/* SPDX-License-Identifier: MIT */
/* Packets of the bulk pipe to the CCID interface, with time and polls in
 * between: answers are whole messages, a new driver is served within a second,
 * and the token is free in the end. */
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

static void put(const uint8_t *bytes, size_t len)
{
    uint8_t *exact = exact_copy(bytes, len);

    drain();
    fob_ccid_take(&ccid, exact, len);
    free(exact);
    fob_app_poll(&fixture_app);
    drain();
}

/* The first byte is the length of a transfer, or time that passes. */
static size_t step(const uint8_t *data, size_t size)
{
    size_t len = data[0], part;

    if (len > 240) {
        fixture_pass_ms(len * 2);
        drain();
        return 1;
    }
    if (len > size - 1)
        len = size - 1;
    for (size_t at = 0; at < len; at += part) {
        part = len - at < FOB_CCID_PACKET ? len - at : FOB_CCID_PACKET;
        put(data + 1 + at, part);
    }
    return 1 + len;
}

/* Whoever was there is gone, in the middle of what he said maybe. */
static void serve_next(void)
{
    static const uint8_t power_on[] = {0x62, 0, 0, 0, 0, 0, 0x77, 0, 0, 0};
    const uint8_t *message;
    size_t len;

    fixture_pass_ms(1000);
    drain();
    fob_ccid_take(&ccid, power_on, sizeof(power_on));
    message = fob_ccid_next(&ccid, &len);
    if (message == NULL || message[0] != 0x80 || message[6] != 0x77 ||
        message[7] != 0 || len <= FOB_CCID_HEAD)
        abort();
    fob_ccid_sent(&ccid);
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
    serve_next();
    for (int i = 0; i < 50; i++) {
        fixture_pass_ms(1000);
        drain();
    }
    if (fixture_app.progress != FOB_IDLE || ccid.command != FOB_CCID_NONE)
        abort();
    return 0;
}
