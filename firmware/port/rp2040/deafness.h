/* SPDX-License-Identifier: MIT */
/*
 * Erratum RP2040-E15, of every stepping: behind some hubs a packet that is
 * broken at the end of a frame leaves the USB controller without ears until it
 * is reset.  It counts no frames any more, while there is traffic on the bus.
 */
#ifndef FOB_FIRMWARE_PORT_RP2040_DEAFNESS_H
#define FOB_FIRMWARE_PORT_RP2040_DEAFNESS_H

/* Look whether that is so, and leave the bus for a moment to come back; at
 * least once in 100 ms. */
void deafness_poll(void);

#endif
