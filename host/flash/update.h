/* SPDX-License-Identifier: MIT */
/* Writing firmware to a board so that it runs the whole of it or none. */
#ifndef FOB_HOST_FLASH_UPDATE_H
#define FOB_HOST_FLASH_UPDATE_H

#include "host/flash/firmware.h"
#include "host/flash/usb.h"

/* Told how far a step is: `done` of `total` sectors. */
struct update_listener {
    void (*progress)(void *context, const char *step, size_t done,
                     size_t total);
    void *context;
};

/* That it is a token's firmware; FOB_E_UNSUPPORTED, error set. */
FOB_MUST_CHECK enum fob_status
update_check_file(const struct firmware *firmware, struct fob_error *error);

/* Write `firmware` to the board at `place`, read it back, and restart it.
 * Unless `force`, one older than what the board would run now is refused
 * (FOB_E_USAGE).  *before is the version it would have run, "" when none is
 * known.
 *
 * The page that makes the ROM start firmware is erased first and written
 * last: whatever fails on the way, the board wakes up in its boot loader. */
FOB_MUST_CHECK enum fob_status
update_run(const struct usb *usb, const char *place,
           const struct firmware *firmware, bool force,
           const struct update_listener *listener, char before[VERSION_MAX + 1],
           struct fob_error *error);

#endif
