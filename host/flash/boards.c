/* SPDX-License-Identifier: MIT */
#include "host/flash/boards.h"

#include "host/base/text.h"
#include "host/flash/picoboot.h"

#include <string.h>

enum {
    RP2350_PRODUCT = 0x000f, /* the boot loader of the next chip */
    TOKEN_VENDOR = 0x1209,
    TOKEN_PRODUCT = 0x0001,
    PLACES_MAX = 200, /* of a text that names several */
    LOOK_MS = 100,
    AWAIT_MS = 15 * 1000,
    SERIAL_LOOKS = 10, /* while udev makes the device ours */
};

/* What is plugged in, as far as it matters here. */
struct boards {
    struct usb_device devices[USB_DEVICES_MAX];
    size_t count;
};

static bool is_kind(const struct usb_device *device, unsigned vendor,
                    unsigned product)
{
    return device->vendor == vendor && device->product == product;
}

static bool is_loader(const struct usb_device *device)
{
    return is_kind(device, PICOBOOT_VENDOR, PICOBOOT_PRODUCT);
}

static enum fob_status look(const struct usb *usb, struct boards *boards,
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

static const struct usb_device *find_place(const struct boards *boards,
                                           const char *place)
{
    for (size_t i = 0; i < boards->count; i++)
        if (strcmp(boards->devices[i].place, place) == 0)
            return &boards->devices[i];
    return NULL;
}

static const struct usb_device *find_kind(const struct boards *boards,
                                          unsigned vendor, unsigned product)
{
    for (size_t i = 0; i < boards->count; i++)
        if (is_kind(&boards->devices[i], vendor, product))
            return &boards->devices[i];
    return NULL;
}

static enum fob_status none(const struct boards *boards,
                            struct fob_error *error)
{
    if (find_kind(boards, PICOBOOT_VENDOR, RP2350_PRODUCT)) {
        fob_error_set(error, FOB_E_UNSUPPORTED,
                      "the board in its boot loader has an RP2350, and this "
                      "firmware is for the RP2040");
        fob_error_hint(error, "plug in a board with an RP2040");
        return FOB_E_UNSUPPORTED;
    }
    fob_error_set(error, FOB_E_TOKEN_ABSENT,
                  find_kind(boards, TOKEN_VENDOR, TOKEN_PRODUCT)
                      ? "the token runs its firmware; no board is in its "
                        "boot loader"
                      : "no board is in its boot loader");
    fob_error_hint(error, "hold BOOTSEL while plugging the board in, then run "
                          "the command again");
    return FOB_E_TOKEN_ABSENT;
}

static enum fob_status several(const struct boards *boards,
                               struct fob_error *error)
{
    char places[PLACES_MAX] = "";

    for (size_t i = 0; i < boards->count; i++) {
        const struct usb_device *device = &boards->devices[i];

        if (!is_loader(device) ||
            strlen(places) + strlen(device->place) + 3 > sizeof places)
            continue;
        if (places[0] != '\0')
            strcat(places, ", ");
        strcat(places, device->place);
    }
    fob_error_set(error, FOB_E_AMBIGUOUS,
                  "several boards are in their boot loaders: %s", places);
    fob_error_hint(error, "name one with --bus, or unplug the others");
    return FOB_E_AMBIGUOUS;
}

static enum fob_status choose_any(const struct boards *boards,
                                  char place[USB_PLACE_MAX + 1],
                                  struct fob_error *error)
{
    const struct usb_device *found = NULL;

    for (size_t i = 0; i < boards->count; i++) {
        if (!is_loader(&boards->devices[i]))
            continue;
        if (found)
            return several(boards, error);
        found = &boards->devices[i];
    }
    if (!found)
        return none(boards, error);
    memcpy(place, found->place, sizeof found->place);
    return FOB_OK;
}

static enum fob_status choose_wanted(const struct boards *boards,
                                     const char *wanted,
                                     char place[USB_PLACE_MAX + 1],
                                     struct fob_error *error)
{
    const struct usb_device *found = find_place(boards, wanted);

    if (found && is_loader(found)) {
        memcpy(place, found->place, sizeof found->place);
        return FOB_OK;
    }
    fob_error_set(error, FOB_E_NOT_FOUND,
                  "no board in its boot loader is at %s", wanted);
    fob_error_hint(error, "leave --bus out to see where there is one");
    return FOB_E_NOT_FOUND;
}

enum fob_status boards_choose(const struct usb *usb, const char *wanted,
                              char place[USB_PLACE_MAX + 1],
                              struct fob_error *error)
{
    struct boards boards;
    enum fob_status status = look(usb, &boards, error);

    if (status != FOB_OK)
        return status;
    return wanted ? choose_wanted(&boards, wanted, place, error)
                  : choose_any(&boards, place, error);
}

/* The rights to a device may come a moment after the device.  A serial number
 * is nice to know, no more. */
static void read_serial(const struct usb *usb, const char *place,
                        char serial[USB_SERIAL_MAX + 1])
{
    for (int i = 0; i < SERIAL_LOOKS; i++) {
        if (usb->read_serial(usb->context, place, serial) == USB_OK)
            return;
        usb->pause(usb->context, LOOK_MS);
    }
    serial[0] = '\0';
}

static enum fob_status lost(bool was_away, struct fob_error *error)
{
    fob_error_set(error, FOB_E_TOKEN_ABSENT,
                  was_away ? "the firmware is written, but the board did not "
                             "come back with it"
                           : "the firmware is written, but the board stays "
                             "in its boot loader");
    fob_error_hint(error, "plug the board in again without BOOTSEL held");
    return FOB_E_TOKEN_ABSENT;
}

/* Whoever is there, and no boot loader, runs what was written: a firmware may
 * be built with another vendor and product number.  A look that fails while
 * devices come and go is made again. */
enum fob_status boards_await(const struct usb *usb, const char *place,
                             char serial[USB_SERIAL_MAX + 1],
                             struct fob_error *error)
{
    struct boards boards;
    bool was_away = false;

    for (int waited_ms = 0; waited_ms < AWAIT_MS; waited_ms += LOOK_MS) {
        bool has_looked = look(usb, &boards, error) == FOB_OK;
        const struct usb_device *device = find_place(&boards, place);

        if (device && !is_loader(device)) {
            read_serial(usb, place, serial);
            fob_error_clear(error);
            return FOB_OK;
        }
        was_away = was_away || (has_looked && !device);
        usb->pause(usb->context, LOOK_MS);
    }
    return lost(was_away, error);
}
