/* SPDX-License-Identifier: MIT */
/*
 * Control transfers on endpoint 0 (USB 2.0, 5.5 and 8.5.3).  The device has
 * no request with data from the host, so a transfer is: setup, data to the
 * host or none, status.
 */
#ifndef FOB_FIRMWARE_USB_CONTROL_H
#define FOB_FIRMWARE_USB_CONTROL_H

#include "firmware/usb/controller.h"

#include <stdbool.h>

/* bmRequestType, USB 2.0 table 9-2: its parts, and all of it for requests
 * that this device has. */
enum usb_request_type {
    USB_TYPE_IN = 0x80, /* data goes to the host */
    USB_TYPE_RECIPIENT = 0x1f,
    USB_TO_INTERFACE = 0x01,
    USB_TO_ENDPOINT = 0x02,

    USB_DEVICE_SET = 0x00,
    USB_DEVICE_GET = 0x80,
    USB_INTERFACE_SET = 0x01,
    USB_INTERFACE_GET = 0x81,
    USB_ENDPOINT_SET = 0x02,
    USB_ENDPOINT_GET = 0x82,
    USB_CLASS_SET = 0x21,
    USB_CLASS_GET = 0xa1,
};

struct usb_request {
    uint8_t type;
    uint8_t code; /* bRequest */
    uint16_t value;
    uint16_t index;
    uint16_t length;
};

enum { USB_ANSWER_MAX = 64 };

struct usb_control {
    const uint8_t *data; /* what is left of the answer */
    size_t left;
    bool sending;
    bool is_padded; /* an empty packet ends it: it is shorter than asked */
    bool is_moving; /* to another address, once the status stage is over */
    uint8_t address;
    uint8_t answer[USB_ANSWER_MAX]; /* one that is made up on the spot */
};

void usb_control_reset(struct usb_control *control);

struct usb_request
usb_control_parse(const uint8_t setup[static FOB_USB_SETUP_LEN]);

/* Finish a request in one of three ways.  `data` stays unchanged until the
 * next SETUP; the host gets at most what it asked for. */
void usb_control_send(struct usb_control *control,
                      const struct usb_request *request, const void *data,
                      size_t len);
void usb_control_done(struct usb_control *control);
void usb_control_stall(struct usb_control *control);

/* Take up another address once the status stage has gone to the old one. */
void usb_control_move(struct usb_control *control, uint8_t address);

void usb_control_on_sent(struct usb_control *control);

#endif
