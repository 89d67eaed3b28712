/* SPDX-License-Identifier: MIT */
/* Which board is written, and waiting for it to come back. */
#include "host/flash/boards.h"

#include "tests/lib/board_usb.h"
#include "tests/lib/tap.h"

static struct fob_error error;

/* A bus that shows a fixed list, after some looks another. */
struct bus {
    const struct usb_device *now;
    size_t count;
    const struct usb_device *later;
    size_t later_count;
    int looks; /* until then */
    int looked;
    int denials; /* of the serial number */
    enum usb_fault fault;
};

static enum usb_fault bus_list(void *context, struct usb_device *devices,
                               size_t *count)
{
    struct bus *bus = context;
    bool is_later = bus->looked++ >= bus->looks;

    *count = is_later ? bus->later_count : bus->count;
    if (*count > 0)
        memcpy(devices, is_later ? bus->later : bus->now,
               *count * sizeof *devices);
    return bus->fault;
}

static enum usb_fault bus_serial(void *context, const char *place,
                                 char serial[USB_SERIAL_MAX + 1])
{
    struct bus *bus = context;

    (void)place;
    if (bus->denials-- > 0)
        return USB_DENIED;
    strcpy(serial, "0123");
    return USB_OK;
}

static struct usb bus_usb(struct bus *bus)
{
    return (struct usb){.context = bus,
                        .list = bus_list,
                        .read_serial = bus_serial,
                        .pause = board_usb_pause};
}

static enum fob_status choose(const struct usb_device *devices, size_t count,
                              const char *wanted, char *place)
{
    struct bus bus = {.later = devices, .later_count = count};
    struct usb usb = bus_usb(&bus);

    fob_error_clear(&error);
    place[0] = '\0';
    return boards_choose(&usb, wanted, place, &error);
}

static const struct usb_device devices[] = {
    {0x1d6b, 2, "1-1"},      {0x2e8a, 3, "1-2"},      {0x2e8a, 3, "3-1.4"},
    {0x2e8a, 0x000f, "2-1"}, {0x1209, 0x0001, "2-2"}, {0x2e8a, 0x000a, "2-3"},
};

static void test_choice(void)
{
    char place[USB_PLACE_MAX + 1];

    tap_ok(choose(devices, 2, NULL, place) == FOB_OK &&
               strcmp(place, "1-2") == 0,
           "the only one");
    tap_ok(choose(devices, 3, "3-1.4", place) == FOB_OK &&
               strcmp(place, "3-1.4") == 0,
           "the one that is named");
    tap_ok(choose(devices, 3, NULL, place) == FOB_E_AMBIGUOUS &&
               strstr(error.text, "1-2, 3-1.4") && strstr(error.hint, "--bus"),
           "none of several: %s", error.text);
    tap_ok(choose(devices, 3, "1-1", place) == FOB_E_NOT_FOUND,
           "another device is no board: %s", error.text);
    tap_ok(choose(devices, 3, "", place) == FOB_E_NOT_FOUND, "nor is nothing");
    tap_ok(choose(devices, 1, NULL, place) == FOB_E_TOKEN_ABSENT &&
               strstr(error.hint, "BOOTSEL"),
           "none at all: %s", error.text);
    tap_ok(choose(devices + 4, 1, NULL, place) == FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "runs its firmware"),
           "a token that runs: %s", error.text);
    tap_ok(choose(devices + 3, 3, NULL, place) == FOB_E_UNSUPPORTED &&
               strstr(error.text, "RP2350"),
           "another chip: %s", error.text);
    tap_ok(choose(devices + 5, 1, NULL, place) == FOB_E_TOKEN_ABSENT,
           "other firmware of the same maker");
}

static void test_many(void)
{
    static struct usb_device many[USB_DEVICES_MAX];
    char place[USB_PLACE_MAX + 1];

    for (size_t i = 0; i < USB_DEVICES_MAX; i++) {
        many[i] = devices[1];
        snprintf(many[i].place, sizeof many[i].place, "%zu-1.1.1.1.1.1.1.1.1.1",
                 i);
    }
    tap_ok(choose(many, USB_DEVICES_MAX, NULL, place) == FOB_E_AMBIGUOUS &&
               strlen(error.text) < 300,
           "more boards than a line has room for: %s", error.text);
}

static enum fob_status await(struct bus bus, char *serial)
{
    struct usb usb = bus_usb(&bus);

    fob_error_clear(&error);
    return boards_await(&usb, "1-2", serial, &error);
}

static void test_await(void)
{
    static const struct usb_device loader = {0x2e8a, 3, "1-2"},
                                   token = {0x1209, 1, "1-2"},
                                   elsewhere = {0x1209, 1, "1-3"};
    char serial[USB_SERIAL_MAX + 1];

    tap_ok(await((struct bus){&loader, 1, &token, 1, 5, 0, 0, USB_OK},
                 serial) == FOB_OK &&
               strcmp(serial, "0123") == 0,
           "waits for the token");
    tap_ok(await((struct bus){NULL, 0, &token, 1, 5, 0, 3, USB_OK}, serial) ==
                   FOB_OK &&
               strcmp(serial, "0123") == 0,
           "and for the right to ask its number");
    tap_ok(await((struct bus){NULL, 0, &token, 1, 5, 0, 1000, USB_OK},
                 serial) == FOB_OK &&
               serial[0] == '\0',
           "and does without");
    tap_ok(await((struct bus){&loader, 1, &elsewhere, 1, 5, 0, 0, USB_OK},
                 serial) == FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "did not come back"),
           "not for another: %s", error.text);
    tap_ok(await((struct bus){&loader, 1, &loader, 1, 5, 0, 0, USB_OK},
                 serial) == FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "stays"),
           "and not for ever: %s", error.text);
    tap_ok(await((struct bus){&loader, 1, &token, 1, 5, 0, 0, USB_FAILED},
                 serial) == FOB_E_TOKEN_ABSENT,
           "gives up when it cannot look");
}

int main(void)
{
    test_choice();
    test_many();
    test_await();
    return tap_done();
}
