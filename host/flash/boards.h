/* SPDX-License-Identifier: MIT */
/* Finding the one board to write. */
#ifndef FLASH_BOARDS_H
#define FLASH_BOARDS_H

#include "host/base/error.h"
#include "host/flash/usb.h"

/* The place of the board in its boot loader; of the one at `wanted` unless
 * that is NULL.  FOB_E_TOKEN_ABSENT when there is none, FOB_E_AMBIGUOUS for
 * several, FOB_E_NOT_FOUND when none is at `wanted`, FOB_E_UNSUPPORTED when
 * the only one has another chip; worded. */
FOB_MUST_CHECK enum fob_status boards_choose(const struct usb *usb,
                                             const char *wanted,
                                             char place[USB_PLACE_MAX + 1],
                                             struct fob_error *error);

/* Wait until the board at `place` has left its boot loader and runs what was
 * written, and give the serial number it then has, "" when it tells none.
 * FOB_E_TOKEN_ABSENT when it does not come back. */
FOB_MUST_CHECK enum fob_status boards_await(const struct usb *usb,
                                            const char *place,
                                            char serial[USB_SERIAL_MAX + 1],
                                            struct fob_error *error);

#endif
