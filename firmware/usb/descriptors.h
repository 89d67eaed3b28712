/* SPDX-License-Identifier: MIT */
/* What the device says of itself (USB 2.0, 9.6; HID 1.11, 6.2; CCID 1.1, 5). */
#ifndef FOB_FIRMWARE_USB_DESCRIPTORS_H
#define FOB_FIRMWARE_USB_DESCRIPTORS_H

#include "firmware/usb/controller.h"

enum usb_interface { USB_INTERFACE_HID, USB_INTERFACE_CCID, USB_INTERFACES };

/* Endpoint numbers, each in and out. */
enum usb_endpoint { USB_ENDPOINT_HID = 1, USB_ENDPOINT_CCID = 2 };

enum { USB_CONFIGURATION = 1 };

/* wValue's high byte in GET_DESCRIPTOR. */
enum usb_descriptor {
    USB_DEVICE = 0x01,
    USB_CONFIGURATION_TREE = 0x02,
    USB_STRING = 0x03,
    USB_HID = 0x21,
    USB_HID_REPORT = 0x22,
};

enum { USB_STRING_MAX = 64 };

/* A fixed descriptor, or NULL. */
const uint8_t *usb_descriptor_find(enum usb_descriptor type, uint8_t index,
                                   size_t *len);

/* Make string `index` up; its length, 0 when there is none. */
size_t usb_descriptor_string(uint8_t index, uint8_t string[USB_STRING_MAX]);

#endif
