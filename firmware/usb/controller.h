/* SPDX-License-Identifier: MIT */
/*
 * All that a USB device controller must do, full speed: answer the tokens of
 * the host with buffers that were armed, NAK when none is, and tell what has
 * happened when it is asked.  It knows nothing of requests or classes, calls
 * nobody, and is polled.  A board supplies every function.
 */
#ifndef FOB_FIRMWARE_USB_CONTROLLER_H
#define FOB_FIRMWARE_USB_CONTROLLER_H

#include <stddef.h>
#include <stdint.h>

enum {
    FOB_USB_PACKET = 64, /* wMaxPacketSize of every endpoint */
    FOB_USB_SETUP_LEN = 8,
    FOB_USB_ENDPOINTS = 3, /* numbers 0 to 2, each in and out */
    FOB_USB_IN = 0x80,     /* bit of an endpoint's address */
};

/* bmAttributes of an endpoint, USB 2.0 table 9-13. */
enum fob_usb_transfer { FOB_USB_BULK = 2, FOB_USB_INTERRUPT = 3 };

enum fob_usb_event_kind {
    FOB_USB_NOTHING,
    FOB_USB_RESET,    /* of the bus: only endpoint 0 is left, address 0 */
    FOB_USB_SETUP,    /* endpoint 0 has dropped what it was doing */
    FOB_USB_SENT,     /* the packet armed last was taken by the host */
    FOB_USB_RECEIVED, /* a packet waits in the controller's buffer */
};

struct fob_usb_event {
    enum fob_usb_event_kind kind;
    uint8_t endpoint; /* number, of SENT and RECEIVED */
    uint8_t setup[FOB_USB_SETUP_LEN];
};

/* Appear on the bus. */
void fob_controller_attach(void);

/* The oldest event not told yet. */
struct fob_usb_event fob_controller_poll(void);

/* Answer to this address from now on. */
void fob_controller_set_address(uint8_t address);

/* Endpoint number 1 or 2, both directions, data toggles at DATA0, unarmed. */
void fob_controller_open(uint8_t endpoint, enum fob_usb_transfer transfer);

/* Shut all endpoints but 0.  Of an endpoint that is shut, or opened anew, no
 * event is told any more. */
void fob_controller_close(void);

/* Arm the next IN packet of at most FOB_USB_PACKET bytes, copied; not on
 * endpoint 0 when a SETUP has come that was not told yet. */
void fob_controller_send(uint8_t endpoint, const void *data, size_t len);

/* Arm the next OUT packet, likewise. */
void fob_controller_accept(uint8_t endpoint);

/* Copy the packet that was received; its length. */
size_t fob_controller_take(uint8_t endpoint, uint8_t data[FOB_USB_PACKET]);

/* Answer STALL on the endpoint with this address; endpoint 0 until the next
 * SETUP.  What is or will be armed there waits. */
void fob_controller_stall(uint8_t address);

/* End that, if it was so, with the data toggle at DATA0.  Not for endpoint 0.
 */
void fob_controller_resume(uint8_t address);

#endif
