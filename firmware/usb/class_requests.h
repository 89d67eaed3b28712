/* SPDX-License-Identifier: MIT */
/* Requests to the classes of the two interfaces: HID 1.11, 7.2, and CCID 1.1,
 * 5.3.1. */
#ifndef FOB_FIRMWARE_USB_CLASS_REQUESTS_H
#define FOB_FIRMWARE_USB_CLASS_REQUESTS_H

#include "firmware/usb/device.h"

/* Finish the request; false when it is none of a class. */
bool usb_class_request_serve(struct fob_usb *usb,
                             const struct usb_request *request);

#endif
