/* SPDX-License-Identifier: MIT */
/* What the host can ask on endpoint 0: USB 2.0, 9.4; HID 1.11, 7; CCID 1.1,
 * 5.3.  Anything else is answered with STALL. */
#ifndef FOB_FIRMWARE_USB_REQUESTS_H
#define FOB_FIRMWARE_USB_REQUESTS_H

#include "firmware/usb/device.h"

/* Finish the request. */
void usb_request_serve(struct fob_usb *usb, const struct usb_request *request);

#endif
