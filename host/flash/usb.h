/* SPDX-License-Identifier: MIT */
/* What flashing needs of USB, as a table: of libusb, or of a model of a board
 * for tests. */
#ifndef FOB_HOST_FLASH_USB_H
#define FOB_HOST_FLASH_USB_H

#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

enum usb_fault {
    USB_OK,
    USB_GONE,    /* unplugged, or never there */
    USB_STALLED, /* refused by the device */
    USB_DENIED,  /* the system lets this user not */
    USB_BUSY,    /* another program has it */
    USB_SLOW,    /* no answer in time */
    USB_FAILED,  /* anything else, a short transfer too */
};

enum { USB_PLACE_MAX = 31, USB_SERIAL_MAX = 63, USB_DEVICES_MAX = 128 };

struct usb_device {
    uint16_t vendor;
    uint16_t product;
    /* The bus and the ports from its root, as Linux names devices: "1-4.2".
     * What is plugged in there keeps it over a restart. */
    char place[USB_PLACE_MAX + 1];
};

/* Every call takes `context`.  One device is open at a time. */
struct usb {
    void *context;

    /* All devices plugged in; at most USB_DEVICES_MAX. */
    FOB_MUST_CHECK enum usb_fault (*list)(void *context,
                                          struct usb_device *devices,
                                          size_t *count);
    /* The serial number that a device tells of itself, without control
     * characters. */
    FOB_MUST_CHECK enum usb_fault (*read_serial)(
        void *context, const char *place, char serial[USB_SERIAL_MAX + 1]);

    /* Open the device's vendor interface with its two bulk pipes; a fault
     * leaves nothing open. */
    FOB_MUST_CHECK enum usb_fault (*open)(void *context, const char *place);
    void (*close)(void *context);

    /* A control request to that interface: vendor type, out without data, or
     * in with exactly `len` bytes. */
    FOB_MUST_CHECK enum usb_fault (*order)(void *context, uint8_t request);
    FOB_MUST_CHECK enum usb_fault (*ask)(void *context, uint8_t request,
                                         void *data, size_t len);
    /* All `len` bytes, or an empty packet for 0; and the same to receive. */
    FOB_MUST_CHECK enum usb_fault (*send)(void *context, const void *data,
                                          size_t len);
    FOB_MUST_CHECK enum usb_fault (*receive)(void *context, void *data,
                                             size_t len);
    /* Make both pipes usable again after a stall. */
    FOB_MUST_CHECK enum usb_fault (*clear)(void *context);

    void (*pause)(void *context, int ms);
};

#endif
