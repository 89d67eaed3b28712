/* SPDX-License-Identifier: MIT */
/* Waiting for a board to come back to its place as something else. */
#ifndef FOB_HOST_FLASH_BOARD_WAIT_H
#define FOB_HOST_FLASH_BOARD_WAIT_H

#include "host/base/error.h"
#include "host/flash/usb.h"

enum { BOARD_WAIT_MAX_S = 60 };

/* Wait up to `wait_s` until the board at `place` is in its boot loader and
 * this user may use it.  FOB_E_TOKEN_ABSENT, error set, when that never is. */
FOB_MUST_CHECK enum fob_status board_wait_loader(const struct usb *usb,
                                                 const char *place, int wait_s,
                                                 struct fob_error *error);

/* Wait until the board at `place` has left its boot loader and runs what was
 * written, and give the serial number it then has, "" when it tells none.
 * FOB_E_TOKEN_ABSENT, error set, when it does not come back. */
FOB_MUST_CHECK enum fob_status
board_wait_firmware(const struct usb *usb, const char *place,
                    char serial[USB_SERIAL_MAX + 1], struct fob_error *error);

#endif
