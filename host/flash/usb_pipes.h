/* SPDX-License-Identifier: MIT */
/* The vendor interface of one device and what goes through its pipes: the
 * rest of the table in usb.h, over libusb.  `context` is a struct libusb. */
#ifndef FOB_HOST_FLASH_USB_PIPES_H
#define FOB_HOST_FLASH_USB_PIPES_H

#include "host/flash/usb.h"

FOB_MUST_CHECK enum usb_fault usb_pipes_open(void *context, const char *place);
void usb_pipes_close(void *context);
FOB_MUST_CHECK enum usb_fault usb_pipes_order(void *context, uint8_t request);
FOB_MUST_CHECK enum usb_fault usb_pipes_ask(void *context, uint8_t request,
                                            void *data, size_t len);
FOB_MUST_CHECK enum usb_fault usb_pipes_send(void *context, const void *data,
                                             size_t len);
FOB_MUST_CHECK enum usb_fault usb_pipes_receive(void *context, void *data,
                                                size_t len);
FOB_MUST_CHECK enum usb_fault usb_pipes_clear(void *context);

#endif
