/* SPDX-License-Identifier: MIT */
/*
 * The wire between a host and the controller of tests/lib/usb_controller.h:
 * SETUP, IN, OUT and bus reset, token by token (USB 2.0, chapter 8).
 */
#ifndef FOB_TESTS_LIB_USB_WIRE_H
#define FOB_TESTS_LIB_USB_WIRE_H

#include "tests/lib/usb_controller.h"

enum wire_answer { WIRE_ACK, WIRE_NAK, WIRE_STALL, WIRE_SILENCE };

static bool wire_reaches(void)
{
    return wire.attached && !wire.is_resetting &&
           wire.address == wire.host_address;
}

/* What the endpoint says before any data. */
static enum wire_answer wire_ask(uint8_t endpoint, bool in)
{
    const struct wire_lane *lane = &wire.lanes[endpoint][in];

    if (!wire_reaches() || !lane->is_open)
        return WIRE_SILENCE;
    if (endpoint == 0 && wire.setting_up)
        return WIRE_NAK;
    if (lane->is_stalled)
        return WIRE_STALL;
    return lane->is_armed ? WIRE_ACK : WIRE_NAK;
}

/* The data toggles of USB 2.0, 8.6: what has the wrong one is acknowledged
 * and passed over. */
__attribute__((unused)) static enum wire_answer
wire_in(uint8_t endpoint, uint8_t data[FOB_USB_PACKET], size_t *len)
{
    struct wire_lane *lane = &wire.lanes[endpoint][WIRE_IN];
    enum wire_answer answer = wire_ask(endpoint, true);
    bool fits = lane->toggle == lane->host;

    *len = 0;
    if (answer != WIRE_ACK)
        return answer;
    wire_must(lane->len == 0 ||
                  memcmp(lane->source, lane->data, lane->len) == 0,
              "data changed while it was armed");
    lane->is_armed = false;
    lane->toggle ^= 1;
    wire_tell(FOB_USB_SENT, endpoint, NULL);
    if (!fits) {
        wire.lost++;
        return WIRE_NAK;
    }
    lane->host ^= 1;
    *len = lane->len;
    memcpy(data, lane->data, lane->len);
    return WIRE_ACK;
}

__attribute__((unused)) static enum wire_answer
wire_out(uint8_t endpoint, const void *data, size_t len)
{
    struct wire_lane *lane = &wire.lanes[endpoint][WIRE_OUT];
    enum wire_answer answer = wire_ask(endpoint, false);
    bool fits = lane->toggle == lane->host;

    if (answer != WIRE_ACK)
        return answer;
    lane->host ^= 1;
    if (!fits) {
        wire.lost++;
        return WIRE_ACK;
    }
    if (len > 0)
        memcpy(lane->data, data, len);
    lane->len = len;
    lane->is_full = true;
    lane->is_armed = false;
    lane->toggle ^= 1;
    wire_tell(FOB_USB_RECEIVED, endpoint, NULL);
    return WIRE_ACK;
}

/* Drop the SETUP that was not told yet. */
static void wire_drop_setup(void)
{
    size_t kept = 0;

    for (size_t i = 0; i < wire.count; i++)
        if (wire.events[i].kind != FOB_USB_SETUP)
            wire.events[kept++] = wire.events[i];
    wire.count = kept;
}

/* A SETUP is never refused, and ends what endpoint 0 was doing. */
__attribute__((unused)) static enum wire_answer
wire_setup(const uint8_t setup[FOB_USB_SETUP_LEN])
{
    if (!wire_reaches())
        return WIRE_SILENCE;
    wire_drop_setup();
    wire.setting_up = true;
    for (int in = 0; in < WIRE_DIRECTIONS; in++) {
        wire.lanes[0][in].is_armed = wire.lanes[0][in].is_stalled = false;
        wire.lanes[0][in].host = 1;
    }
    wire_tell(FOB_USB_SETUP, 0, setup);
    return WIRE_ACK;
}

/* The host's side of an endpoint begins with DATA0: it was configured, or a
 * halt of it cleared. */
__attribute__((unused)) static void wire_restart(uint8_t address)
{
    wire.lanes[address & 0x7f][(address & FOB_USB_IN) != 0].host = 0;
}

__attribute__((unused)) static void wire_reset(void)
{
    wire.count = 0;
    wire.is_resetting = true;
    wire.host_address = 0;
    for (int endpoint = 0; endpoint < FOB_USB_ENDPOINTS; endpoint++)
        for (int in = 0; in < WIRE_DIRECTIONS; in++)
            wire.lanes[endpoint][in].host = 0;
    wire_tell(FOB_USB_RESET, 0, NULL);
}

#endif
