/* SPDX-License-Identifier: MIT */
/*
 * A USB controller for tests: firmware/usb/controller.h over a wire whose host
 * is tests/lib/usb_wire.h.  A device that breaks the contract - arms what is
 * armed, touches an endpoint that is shut, sends what then changes - ends the
 * test.
 */
#ifndef FOB_TESTS_LIB_USB_CONTROLLER_H
#define FOB_TESTS_LIB_USB_CONTROLLER_H

#include "firmware/usb/controller.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum wire_direction { WIRE_OUT, WIRE_IN, WIRE_DIRECTIONS };

/* One direction of an endpoint. */
struct wire_lane {
    bool is_open, is_armed, is_stalled;
    bool is_full;       /* a packet waits to be taken */
    unsigned toggle;    /* the device's, of the next packet */
    unsigned host;      /* the host's */
    const void *source; /* where an armed packet was copied from */
    size_t len;
    uint8_t data[FOB_USB_PACKET];
};

enum { WIRE_EVENTS = 16 };

static struct {
    bool attached;
    bool setting_up;   /* a SETUP that the device has not been told of */
    bool is_resetting; /* likewise */
    unsigned address, host_address;
    unsigned lost; /* packets whose data toggle was not the other side's */
    enum fob_usb_transfer transfer[FOB_USB_ENDPOINTS];
    struct wire_lane lanes[FOB_USB_ENDPOINTS][WIRE_DIRECTIONS];
    struct fob_usb_event events[WIRE_EVENTS];
    size_t count;
} wire;

static void wire_must(bool good, const char *what)
{
    if (good)
        return;
    printf("Bail out! controller: %s\n", what);
    fflush(stdout);
    abort();
}

/* --- events --------------------------------------------------------------*/

__attribute__((unused)) static void
wire_tell(enum fob_usb_event_kind kind, uint8_t endpoint, const uint8_t *setup)
{
    struct fob_usb_event *event = &wire.events[wire.count];

    wire_must(wire.count++ < WIRE_EVENTS, "more events than there can be");
    *event = (struct fob_usb_event){.kind = kind, .endpoint = endpoint};
    if (setup != NULL)
        memcpy(event->setup, setup, sizeof(event->setup));
}

static bool wire_is_of(const struct fob_usb_event *event, uint8_t endpoint)
{
    return event->endpoint == endpoint &&
           (event->kind == FOB_USB_SENT || event->kind == FOB_USB_RECEIVED);
}

static void wire_forget(uint8_t endpoint)
{
    size_t kept = 0;

    for (size_t i = 0; i < wire.count; i++)
        if (!wire_is_of(&wire.events[i], endpoint))
            wire.events[kept++] = wire.events[i];
    wire.count = kept;
}

/* --- towards the device --------------------------------------------------*/

static struct wire_lane *wire_lane_of(uint8_t endpoint, bool in)
{
    wire_must(wire.attached, "used before it was attached");
    wire_must(endpoint < FOB_USB_ENDPOINTS, "there is no such endpoint");
    wire_must(wire.lanes[endpoint][in].is_open, "the endpoint is shut");
    return &wire.lanes[endpoint][in];
}

/* Endpoint 0 after a reset or SETUP, or another one when it is opened. */
static void wire_renew(uint8_t endpoint, unsigned toggle)
{
    for (int in = 0; in < WIRE_DIRECTIONS; in++) {
        struct wire_lane *lane = &wire.lanes[endpoint][in];

        *lane = (struct wire_lane){
            .is_open = true, .toggle = toggle, .host = lane->host};
    }
    wire_forget(endpoint);
}

static void wire_shut(void)
{
    for (uint8_t endpoint = 1; endpoint < FOB_USB_ENDPOINTS; endpoint++) {
        wire_renew(endpoint, 0);
        wire.lanes[endpoint][WIRE_IN].is_open = false;
        wire.lanes[endpoint][WIRE_OUT].is_open = false;
    }
}

/* Until the device is told it may go on as before, and for nothing. */
static void wire_take_setup(void)
{
    wire_renew(0, 1);
    wire.setting_up = false;
}

static void wire_take_reset(void)
{
    wire_renew(0, 0);
    wire_shut();
    wire.address = 0;
    wire.is_resetting = wire.setting_up = false;
}

void fob_controller_attach(void)
{
    wire_must(!wire.attached, "attached twice");
    wire.attached = true;
    wire_renew(0, 0);
}

struct fob_usb_event fob_controller_poll(void)
{
    struct fob_usb_event event = {.kind = FOB_USB_NOTHING};

    wire_must(wire.attached, "polled before it was attached");
    if (wire.count == 0)
        return event;
    event = wire.events[0];
    wire.count--;
    memmove(wire.events, wire.events + 1, wire.count * sizeof(*wire.events));
    if (event.kind == FOB_USB_SETUP)
        wire_take_setup();
    if (event.kind == FOB_USB_RESET)
        wire_take_reset();
    return event;
}

void fob_controller_set_address(uint8_t address)
{
    wire_must(address <= 127, "an address over 127");
    wire.address = address;
}

void fob_controller_open(uint8_t endpoint, enum fob_usb_transfer transfer)
{
    wire_must(endpoint > 0 && endpoint < FOB_USB_ENDPOINTS,
              "opened what is no endpoint");
    wire.transfer[endpoint] = transfer;
    wire_renew(endpoint, 0);
}

void fob_controller_close(void)
{
    wire_must(wire.attached, "shut before it was attached");
    wire_shut();
}

void fob_controller_send(uint8_t endpoint, const void *data, size_t len)
{
    struct wire_lane *lane = wire_lane_of(endpoint, true);

    wire_must(!lane->is_armed, "an IN packet over one that is armed");
    wire_must(len <= FOB_USB_PACKET, "an IN packet over 64 bytes");
    lane->is_armed = true;
    lane->source = data;
    lane->len = len;
    if (len > 0)
        memcpy(lane->data, data, len);
}

void fob_controller_accept(uint8_t endpoint)
{
    struct wire_lane *lane = wire_lane_of(endpoint, false);

    wire_must(!lane->is_armed, "an OUT packet awaited twice");
    wire_must(!lane->is_full, "a packet is lost that was not taken");
    lane->is_armed = true;
}

size_t fob_controller_take(uint8_t endpoint, uint8_t data[FOB_USB_PACKET])
{
    struct wire_lane *lane = wire_lane_of(endpoint, false);

    wire_must(lane->is_full, "took a packet that had not come");
    lane->is_full = false;
    memcpy(data, lane->data, lane->len);
    return lane->len;
}

void fob_controller_stall(uint8_t address)
{
    wire_lane_of(address & 0x7f, (address & FOB_USB_IN) != 0)->is_stalled =
        true;
}

void fob_controller_resume(uint8_t address)
{
    struct wire_lane *lane =
        wire_lane_of(address & 0x7f, (address & FOB_USB_IN) != 0);

    wire_must((address & 0x7f) != 0, "endpoint 0 resumed");
    lane->is_stalled = false;
    lane->toggle = 0;
}

#endif
