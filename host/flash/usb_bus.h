/* SPDX-License-Identifier: MIT */
/* The devices that libusb sees, and where they are plugged in: the part of
 * the table in usb.h that needs none of their pipes. */
#ifndef FOB_HOST_FLASH_USB_BUS_H
#define FOB_HOST_FLASH_USB_BUS_H

#include "host/flash/usb.h"

#include <libusb-1.0/libusb.h>

/* The interface of the open device that is ours. */
struct usb_pipes {
    uint8_t interface;
    uint8_t in;
    uint8_t out;
};

/* The context of every function of that table. */
struct libusb {
    libusb_context *library;
    libusb_device_handle *device; /* NULL: none is open */
    struct usb_pipes pipes;
};

/* What a result of libusb's means. */
enum usb_fault usb_bus_fault(int result);

FOB_MUST_CHECK enum usb_fault
usb_bus_list(void *context, struct usb_device *devices, size_t *count);
FOB_MUST_CHECK enum usb_fault
usb_bus_read_serial(void *context, const char *place,
                    char serial[USB_SERIAL_MAX + 1]);

/* The device at `place`, to be closed with libusb_close; NULL on a fault. */
FOB_MUST_CHECK enum usb_fault usb_bus_open(struct libusb *libusb,
                                           const char *place,
                                           libusb_device_handle **handle);

#endif
