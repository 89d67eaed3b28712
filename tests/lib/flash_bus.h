/* SPDX-License-Identifier: MIT */
/* A bus that shows a fixed list of devices, after some looks another. */
#ifndef FOB_TESTS_LIB_FLASH_BUS_H
#define FOB_TESTS_LIB_FLASH_BUS_H

#include "host/flash/usb.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct flash_bus {
    const struct usb_device *now;
    size_t count;
    const struct usb_device *later;
    size_t later_count;
    int looks; /* until then */
    int looked;
    int denials; /* of the serial number */
    int asked;   /* for it */
    enum usb_fault fault;
};

static enum usb_fault flash_bus_list(void *context, struct usb_device *devices,
                                     size_t *count)
{
    struct flash_bus *bus = context;
    bool is_later = bus->looked++ >= bus->looks;

    *count = is_later ? bus->later_count : bus->count;
    if (*count > 0)
        memcpy(devices, is_later ? bus->later : bus->now,
               *count * sizeof *devices);
    return bus->fault;
}

/* Each place has a number of its own. */
static enum usb_fault flash_bus_serial(void *context, const char *place,
                                       char serial[USB_SERIAL_MAX + 1])
{
    struct flash_bus *bus = context;

    bus->asked++;
    if (bus->denials-- > 0)
        return USB_DENIED;
    snprintf(serial, USB_SERIAL_MAX + 1, "at %s", place);
    return USB_OK;
}

static void flash_bus_pause(void *context, int ms)
{
    (void)context;
    (void)ms;
}

static struct usb flash_bus_usb(struct flash_bus *bus)
{
    return (struct usb){.context = bus,
                        .list = flash_bus_list,
                        .read_serial = flash_bus_serial,
                        .pause = flash_bus_pause};
}

#endif
