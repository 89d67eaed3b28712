/* SPDX-License-Identifier: MIT */
#include "host/flash/board_wait.h"

#include "host/flash/boards.h"

#include <stddef.h>

enum { LOOK_MS = 100, FIRMWARE_MS = 15 * 1000 };

enum wait_outcome { CAME, STAYED, LEFT };

/* Look until something is at `place` of which `is_awaited` is true.  A look
 * that fails while devices come and go is made again. */
static enum wait_outcome
await_board(const struct usb *usb, const char *place, int timeout_ms,
            bool (*is_awaited)(const struct usb_device *))
{
    struct fob_error ignored = {0};
    enum wait_outcome outcome = STAYED;
    struct boards boards;

    for (int waited_ms = 0; waited_ms < timeout_ms; waited_ms += LOOK_MS) {
        bool has_looked = boards_look(usb, &boards, &ignored) == FOB_OK;
        const struct usb_device *device = boards_find(&boards, place);

        if (device != NULL && is_awaited(device))
            return CAME;
        if (has_looked && device == NULL)
            outcome = LEFT;
        usb->pause(usb->context, LOOK_MS);
    }
    return outcome;
}

/* A fault in reading it is met again, and the error set, when the board is
 * opened.
 */
enum fob_status board_wait_loader(const struct usb *usb, const char *place,
                                  int wait_s, struct fob_error *error)
{
    char serial[USB_SERIAL_MAX + 1];

    switch (await_board(usb, place, wait_s * 1000, boards_is_loader)) {
    case CAME:
        (void)!boards_read_serial(usb, place, serial);
        return FOB_OK;
    case STAYED:
        fob_error_set(error, FOB_E_TOKEN_ABSENT,
                      "the board at %s goes on running its firmware", place);
        break;
    default:
        fob_error_set(error, FOB_E_TOKEN_ABSENT,
                      "the token left, but no boot loader came up at %s",
                      place);
        break;
    }
    fob_error_hint(error, "nothing was written: hold BOOTSEL while plugging "
                          "the board in, then run the command again");
    return FOB_E_TOKEN_ABSENT;
}

/* Whoever is there, and no boot loader, runs what was written: a firmware may
 * be built with another vendor and product number. */
static bool is_running(const struct usb_device *device)
{
    return !boards_is_loader(device);
}

/* A serial number is nice to know, no more. */
enum fob_status board_wait_firmware(const struct usb *usb, const char *place,
                                    char serial[USB_SERIAL_MAX + 1],
                                    struct fob_error *error)
{
    switch (await_board(usb, place, FIRMWARE_MS, is_running)) {
    case CAME:
        (void)!boards_read_serial(usb, place, serial);
        return FOB_OK;
    case STAYED:
        fob_error_set(error, FOB_E_TOKEN_ABSENT,
                      "the firmware is written, but the board stays in its "
                      "boot loader");
        break;
    default:
        fob_error_set(error, FOB_E_TOKEN_ABSENT,
                      "the firmware is written, but the board did not come "
                      "back with it");
        break;
    }
    fob_error_hint(error, "plug the board in again without BOOTSEL held");
    return FOB_E_TOKEN_ABSENT;
}
