/* SPDX-License-Identifier: MIT */
/*
 * A host on the wire: control transfers, transfers of pipes and enumeration,
 * as USB 2.0 has them and not as the device does.  `host_turn` lets the device
 * do one thing; false when it has nothing to do.
 */
#ifndef FOB_TESTS_LIB_USB_HOST_H
#define FOB_TESTS_LIB_USB_HOST_H

#include "tests/lib/usb_wire.h"

#define HOST_IN 0x80

enum { HOST_PATIENCE = 200, HOST_DATA_MAX = 1024 };

static bool (*host_turn)(void);
static uint8_t host_data[HOST_DATA_MAX]; /* what came last */
static size_t host_len;

__attribute__((unused)) static void host_let_run(void)
{
    for (int i = 0; i < HOST_PATIENCE && host_turn(); i++)
        continue;
}

/* Ask until it is not NAK, or for ever. */
__attribute__((unused)) static enum wire_answer
host_in(uint8_t endpoint, uint8_t packet[FOB_USB_PACKET], size_t *len)
{
    enum wire_answer answer = wire_in(endpoint, packet, len);

    for (int i = 0; i < HOST_PATIENCE && answer == WIRE_NAK; i++) {
        (void)host_turn();
        answer = wire_in(endpoint, packet, len);
    }
    return answer;
}

__attribute__((unused)) static enum wire_answer
host_out(uint8_t endpoint, const void *packet, size_t len)
{
    enum wire_answer answer = wire_out(endpoint, packet, len);

    for (int i = 0; i < HOST_PATIENCE && answer == WIRE_NAK; i++) {
        (void)host_turn();
        answer = wire_out(endpoint, packet, len);
    }
    return answer;
}

/* Into host_data until a packet below 64 bytes, or `cap` bytes. */
__attribute__((unused)) static enum wire_answer host_receive(uint8_t endpoint,
                                                             size_t cap)
{
    enum wire_answer answer = WIRE_ACK;
    uint8_t packet[FOB_USB_PACKET];
    size_t len = FOB_USB_PACKET;

    host_len = 0;
    while (answer == WIRE_ACK && len == FOB_USB_PACKET && host_len < cap) {
        answer = host_in(endpoint, packet, &len);
        if (host_len + len > cap)
            return WIRE_SILENCE; /* babble */
        memcpy(host_data + host_len, packet, len);
        host_len += len;
    }
    return answer;
}

__attribute__((unused)) static void
host_put_setup(uint8_t setup[FOB_USB_SETUP_LEN], unsigned type, unsigned code,
               unsigned value, unsigned index)
{
    setup[0] = (uint8_t)type;
    setup[1] = (uint8_t)code;
    setup[2] = (uint8_t)value;
    setup[3] = (uint8_t)(value >> 8);
    setup[4] = (uint8_t)index;
    setup[5] = (uint8_t)(index >> 8);
    setup[6] = setup[7] = 0;
}

static enum wire_answer host_status_in(void)
{
    uint8_t packet[FOB_USB_PACKET];
    size_t len;
    enum wire_answer answer = host_in(0, packet, &len);

    host_len = 0;
    return answer == WIRE_ACK && len > 0 ? WIRE_SILENCE : answer;
}

/* A control transfer without data (8.5.3): WIRE_ACK when its status stage was
 * reached. */
__attribute__((unused)) static enum wire_answer
host_set(unsigned type, unsigned code, unsigned value, unsigned index)
{
    uint8_t setup[FOB_USB_SETUP_LEN];

    host_put_setup(setup, type, code, value, index);
    if (wire_setup(setup) != WIRE_ACK)
        return WIRE_SILENCE;
    return host_status_in();
}

/* One with `len` bytes asked for, which come to host_data. */
__attribute__((unused)) static enum wire_answer
host_get(unsigned type, unsigned code, unsigned value, unsigned index,
         size_t len)
{
    uint8_t setup[FOB_USB_SETUP_LEN];
    enum wire_answer answer;

    host_put_setup(setup, type, code, value, index);
    setup[6] = (uint8_t)len;
    setup[7] = (uint8_t)(len >> 8);
    if (wire_setup(setup) != WIRE_ACK)
        return WIRE_SILENCE;
    if (len == 0)
        return host_status_in();
    answer = host_receive(0, len);
    return answer == WIRE_ACK ? host_out(0, NULL, 0) : answer;
}

/* Whether the data is this. */
__attribute__((unused)) static bool host_has(const void *data, size_t len)
{
    return host_len == len && memcmp(host_data, data, len) == 0;
}

/* The host's toggles of both pipes begin anew. */
__attribute__((unused)) static void host_restart_pipes(void)
{
    for (uint8_t endpoint = 1; endpoint < FOB_USB_ENDPOINTS; endpoint++) {
        wire_restart(endpoint);
        wire_restart(endpoint | FOB_USB_IN);
    }
}

__attribute__((unused)) static bool host_reset(void)
{
    wire_reset();
    host_let_run();
    return !wire.is_resetting;
}

__attribute__((unused)) static bool host_address(unsigned address)
{
    bool good = host_set(0x00, 5, address, 0) == WIRE_ACK;

    host_let_run();
    wire.host_address = address;
    return good;
}

__attribute__((unused)) static bool host_configure(unsigned configuration)
{
    bool good = host_set(0x00, 9, configuration, 0) == WIRE_ACK;

    host_restart_pipes();
    return good;
}

/* Reset, address, configuration; false when the device does not follow. */
__attribute__((unused)) static bool host_enumerate(void)
{
    return host_reset() && host_get(0x80, 6, 0x0100, 0, 64) == WIRE_ACK &&
           host_address(5) && host_get(0x80, 6, 0x0200, 0, 255) == WIRE_ACK &&
           host_configure(1);
}

#endif
