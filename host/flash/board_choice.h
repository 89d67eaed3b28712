/* SPDX-License-Identifier: MIT */
/* Finding the one board to write. */
#ifndef FOB_HOST_FLASH_BOARD_CHOICE_H
#define FOB_HOST_FLASH_BOARD_CHOICE_H

#include "host/base/error.h"
#include "host/flash/usb.h"

/* Which one is meant; NULL for what is not named. */
struct board_options {
    const char *place;  /* it goes before `serial` */
    const char *serial; /* of a token that runs */
};

struct board_choice {
    char place[USB_PLACE_MAX + 1];
    /* Of the token that runs there, and is to enter its boot loader first; ""
     * for a board in its boot loader. */
    char serial[USB_SERIAL_MAX + 1];
};

/* The board that is meant, or the only one there is.  FOB_E_TOKEN_ABSENT when
 * there is none, FOB_E_AMBIGUOUS for several, FOB_E_NOT_FOUND when none is at
 * that place, FOB_E_UNSUPPORTED when the only one has another chip,
 * FOB_E_FAILED and FOB_E_IO when a token cannot be asked who it is; error set.
 */
FOB_MUST_CHECK enum fob_status
board_choice_make(const struct usb *usb, const struct board_options *options,
                  struct board_choice *choice, struct fob_error *error);

#endif
