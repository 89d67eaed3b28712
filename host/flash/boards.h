/* SPDX-License-Identifier: MIT */
/* What is plugged in, as far as it matters to firmware: boards in their boot
 * loaders, and tokens that run. */
#ifndef FOB_HOST_FLASH_BOARDS_H
#define FOB_HOST_FLASH_BOARDS_H

#include "host/base/error.h"
#include "host/flash/usb.h"

#include <stdbool.h>

struct boards {
    struct usb_device devices[USB_DEVICES_MAX];
    size_t count;
};

/* FOB_E_FAILED, error set, when nobody can tell; there are none then. */
FOB_MUST_CHECK enum fob_status boards_look(const struct usb *usb,
                                           struct boards *boards,
                                           struct fob_error *error);

/* The device at `place`, or NULL. */
const struct usb_device *boards_find(const struct boards *boards,
                                     const char *place);

bool boards_is_loader(const struct usb_device *device);
bool boards_is_token(const struct usb_device *device);
/* The boot loader of the next chip, for which the firmware is not. */
bool boards_is_other_loader(const struct usb_device *device);

/* The serial number of what is at `place`.  The rights to a device may come a
 * moment after the device: those are waited for. */
FOB_MUST_CHECK enum usb_fault
boards_read_serial(const struct usb *usb, const char *place,
                   char serial[USB_SERIAL_MAX + 1]);

/* That this user may not use what is at `place`. */
enum fob_status boards_word_denied(const char *place, struct fob_error *error);

#endif
