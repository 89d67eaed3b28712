/* SPDX-License-Identifier: MIT */
/* USB by libusb. */
#ifndef FOB_HOST_FLASH_LIBUSB_H
#define FOB_HOST_FLASH_LIBUSB_H

#include "host/base/error.h"
#include "host/flash/usb.h"

/* Fill `usb`.  FOB_E_FAILED, error set, where there is no USB. */
FOB_MUST_CHECK enum fob_status flash_libusb_start(struct usb *usb,
                                                  struct fob_error *error);
void flash_libusb_end(struct usb *usb);

#endif
