/* SPDX-License-Identifier: MIT */
/*
 * The token on its bus: the application's two interfaces on the pipes of the
 * USB device.  A board with a USB controller adds its functions and a loop.
 */
#ifndef FOB_FIRMWARE_BUS_BUS_H
#define FOB_FIRMWARE_BUS_BUS_H

#include "firmware/app/transport/ccid.h"
#include "firmware/app/transport/hid.h"
#include "firmware/usb/device.h"

struct fob_bus {
    struct fob_usb usb;
    struct fob_app app;
    struct fob_hid hid;
    struct fob_ccid ccid;
    uint8_t report[FOB_USB_REPORT]; /* the one that is being sent */
    bool is_ccid_sending;
    bool is_ccid_waiting;    /* a packet, behind a reply that was not read */
    uint64_t ccid_waited_ms; /* since then */
};

/* As power arrives: mount the store, then appear on the bus. */
void fob_bus_init(struct fob_bus *bus);

/* Do what is due.  False when nothing more is until the controller has an
 * event or some milliseconds have passed: the board may sleep. */
bool fob_bus_turn(struct fob_bus *bus);

#endif
