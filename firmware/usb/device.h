/* SPDX-License-Identifier: MIT */
/*
 * The composite device: a HID pipe of 64-byte reports and a CCID pipe of
 * bulk messages.  Whoever owns it polls it, moves what is in the pipes, and
 * asks what the host has done besides.
 */
#ifndef FOB_FIRMWARE_USB_DEVICE_H
#define FOB_FIRMWARE_USB_DEVICE_H

#include "firmware/usb/control.h"
#include "firmware/usb/pipe.h"

enum {
    FOB_USB_REPORT = FOB_USB_PACKET,
    FOB_USB_CCID_MESSAGE_MAX = 531, /* dwMaxCCIDMessageLength */
};

struct fob_usb {
    struct usb_control control;
    uint8_t configuration; /* 0 until the host has chosen */
    uint8_t idle;          /* HID's SET_IDLE, 4 ms units */
    uint8_t halted;        /* bits of halted endpoints: number, plus 4 for in */
    bool has_reenumerated;
    bool is_asked; /* on endpoint 0 */
    bool is_aborted;
    struct fob_pipe hid;
    struct fob_pipe ccid;
};

/* Appear on the bus. */
void fob_usb_init(struct fob_usb *usb);

/* Serve the bus; false when nothing had happened. */
bool fob_usb_poll(struct fob_usb *usb);

/* Whether the host has not configured the device yet, or since the last call
 * has asked it something on endpoint 0. */
bool fob_usb_is_enumerating(struct fob_usb *usb);

/* Whether since the last call the host has reset or configured the device:
 * what was under way on either pipe is void. */
bool fob_usb_has_reenumerated(struct fob_usb *usb);

/* Whether since the last call CCID's ABORT request came. */
bool fob_usb_is_aborted(struct fob_usb *usb);

#endif
