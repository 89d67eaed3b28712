/* SPDX-License-Identifier: MIT */
/* Waiting for a board to come back as its boot loader, or with firmware. */
#include "host/flash/board_wait.h"

#include "tests/lib/flash_bus.h"
#include "tests/lib/tap.h"

static struct fob_error error;

static const struct usb_device loader = {0x2e8a, 3, "1-2"},
                               token = {0x1209, 1, "1-2"},
                               token_elsewhere = {0x1209, 1, "1-3"},
                               loader_elsewhere = {0x2e8a, 3, "1-3"};

static char serial[USB_SERIAL_MAX + 1];

static enum fob_status await_firmware(struct flash_bus bus)
{
    struct usb usb = flash_bus_usb(&bus);

    fob_error_clear(&error);
    return board_wait_firmware(&usb, "1-2", serial, &error);
}

/* `now` at first, `later` after five looks. */
static struct flash_bus turn(const struct usb_device *now,
                             const struct usb_device *later)
{
    return (struct flash_bus){now, now != NULL, later, 1, .looks = 5};
}

static struct flash_bus deny(int times)
{
    struct flash_bus bus = turn(NULL, &token);

    bus.denials = times;
    return bus;
}

static void test_firmware(void)
{
    struct flash_bus blind = turn(&loader, &token);

    blind.fault = USB_FAILED;
    tap_ok(await_firmware(turn(&loader, &token)) == FOB_OK &&
               strcmp(serial, "at 1-2") == 0,
           "waits for the token");
    tap_ok(await_firmware(deny(3)) == FOB_OK && strcmp(serial, "at 1-2") == 0,
           "and for the right to ask its number");
    tap_ok(await_firmware(deny(1000)) == FOB_OK && serial[0] == '\0' &&
               error.status == FOB_OK,
           "and does without");
    tap_ok(await_firmware(turn(&loader, &token_elsewhere)) ==
                   FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "did not come back") != NULL,
           "not for another: %s", error.text);
    tap_ok(await_firmware(turn(&loader, &loader)) == FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "stays") != NULL,
           "and not for ever: %s", error.text);
    tap_ok(await_firmware(blind) == FOB_E_TOKEN_ABSENT,
           "gives up when it cannot look");
}

static enum fob_status await_loader(struct flash_bus *bus, int wait_s)
{
    struct usb usb = flash_bus_usb(bus);

    fob_error_clear(&error);
    return board_wait_loader(&usb, "1-2", wait_s, &error);
}

static void test_loader(void)
{
    struct flash_bus bus = turn(&token, &loader), late = deny(3),
                     long_one = bus;

    late.later = &loader;
    long_one.looks = 60;
    tap_ok(await_loader(&bus, 15) == FOB_OK, "waits for the boot loader");
    tap_ok(await_loader(&late, 15) == FOB_OK && late.asked == 4,
           "and for the right to use it");
    bus = turn(&token, &loader_elsewhere);
    tap_ok(await_loader(&bus, 15) == FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "no boot loader came up at 1-2") != NULL &&
               strstr(error.hint, "BOOTSEL") != NULL,
           "not for another: %s", error.text);
    bus = turn(&token, &token);
    tap_ok(await_loader(&bus, 15) == FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "goes on running") != NULL,
           "tells when the token never left: %s", error.text);
    tap_ok(await_loader(&long_one, 5) == FOB_E_TOKEN_ABSENT &&
               await_loader(&long_one, 15) == FOB_OK,
           "no longer than it was told to");
}

int main(void)
{
    test_firmware();
    test_loader();
    return tap_done();
}
