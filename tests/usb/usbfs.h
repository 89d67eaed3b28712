/* SPDX-License-Identifier: MIT */
/* A device node of /dev/bus/usb, as far as libusb's synchronous calls use
 * one. */
#ifndef FOB_TESTS_USB_USBFS_H
#define FOB_TESTS_USB_USBFS_H

#include "tests/usb/usbredir.h"

struct usbfs;
struct _UMockdevIoctlBase; /* umockdev.h */

/* The handler of a node, whose transfers go to `redir`. */
struct usbfs *usbfs_new(struct usbredir *redir);
struct _UMockdevIoctlBase *usbfs_handler(struct usbfs *usbfs);

/* Take an answer; whether it was one to a transfer from here. */
bool usbfs_take(struct usbfs *usbfs, const struct usbredir_packet *packet);

/* The device is gone: programs that have it open are told.  `usbfs` is of no
 * use then and is freed when the last of them has closed it. */
void usbfs_unplug(struct usbfs *usbfs);

#endif
