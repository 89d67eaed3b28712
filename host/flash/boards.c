/* SPDX-License-Identifier: MIT */
#include "host/flash/boards.h"

#include "host/flash/picoboot.h"

#include <string.h>

enum {
    RP2350_PRODUCT = 0x000f,
    TOKEN_VENDOR = 0x1209,
    TOKEN_PRODUCT = 0x0001,
    LOOK_MS = 100,
    SERIAL_LOOKS = 10, /* while udev makes the device ours */
};

enum fob_status boards_look(const struct usb *usb, struct boards *boards,
                            struct fob_error *error)
{
    boards->count = 0;
    if (usb->list(usb->context, boards->devices, &boards->count) == USB_OK)
        return FOB_OK;
    boards->count = 0;
    fob_error_set(error, FOB_E_FAILED,
                  "cannot list what is plugged in: USB failed");
    fob_error_hint(error, "run the command again");
    return FOB_E_FAILED;
}

const struct usb_device *boards_find(const struct boards *boards,
                                     const char *place)
{
    for (size_t i = 0; i < boards->count; i++)
        if (strcmp(boards->devices[i].place, place) == 0)
            return &boards->devices[i];
    return NULL;
}

static bool is_kind(const struct usb_device *device, unsigned vendor,
                    unsigned product)
{
    return device->vendor == vendor && device->product == product;
}

bool boards_is_loader(const struct usb_device *device)
{
    return is_kind(device, PICOBOOT_VENDOR, PICOBOOT_PRODUCT);
}

bool boards_is_token(const struct usb_device *device)
{
    return is_kind(device, TOKEN_VENDOR, TOKEN_PRODUCT);
}

bool boards_is_other_loader(const struct usb_device *device)
{
    return is_kind(device, PICOBOOT_VENDOR, RP2350_PRODUCT);
}

enum usb_fault boards_read_serial(const struct usb *usb, const char *place,
                                  char serial[USB_SERIAL_MAX + 1])
{
    enum usb_fault fault = USB_DENIED;

    for (int i = 0; fault != USB_OK && i < SERIAL_LOOKS; i++) {
        if (i > 0)
            usb->pause(usb->context, LOOK_MS);
        fault = usb->read_serial(usb->context, place, serial);
    }
    if (fault != USB_OK)
        serial[0] = '\0';
    return fault;
}

enum fob_status boards_word_denied(const char *place, struct fob_error *error)
{
    fob_error_set(error, FOB_E_FAILED, "this user may not use the board at %s",
                  place);
    fob_error_hint(error, "install fob's udev rule 70-fob.rules and plug the "
                          "board in again, see fob-token(1)");
    return FOB_E_FAILED;
}
