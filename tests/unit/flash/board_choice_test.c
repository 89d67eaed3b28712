/* SPDX-License-Identifier: MIT */
/* Which board is written, or which token is asked to leave for that. */
#include "host/flash/board_choice.h"

#include "tests/lib/flash_bus.h"
#include "tests/lib/tap.h"

static struct fob_error error;
static struct board_choice choice;

static enum fob_status choose_denied(int denials,
                                     const struct usb_device *devices,
                                     size_t count, const char *place,
                                     const char *serial)
{
    const struct board_options options = {place, serial};
    struct flash_bus bus = {
        .later = devices, .later_count = count, .denials = denials};
    struct usb usb = flash_bus_usb(&bus);

    fob_error_clear(&error);
    return board_choice_make(&usb, &options, &choice, &error);
}

static enum fob_status choose(const struct usb_device *devices, size_t count,
                              const char *place, const char *serial)
{
    return choose_denied(0, devices, count, place, serial);
}

static bool chose(const char *place, const char *serial)
{
    return strcmp(choice.place, place) == 0 &&
           strcmp(choice.serial, serial) == 0;
}

/* A hub, two boards in their boot loaders, one of another chip, two tokens,
 * other firmware of the same maker. */
static const struct usb_device devices[] = {
    {0x1d6b, 2, "1-1"},      {0x2e8a, 3, "1-2"},      {0x2e8a, 3, "3-1.4"},
    {0x2e8a, 0x000f, "2-1"}, {0x1209, 0x0001, "2-2"}, {0x1209, 0x0001, "2-3"},
    {0x2e8a, 0x000a, "2-4"},
};
enum { ALL = sizeof(devices) / sizeof(*devices) };

static void test_loaders(void)
{
    tap_ok(choose(devices, 2, NULL, NULL) == FOB_OK && chose("1-2", ""),
           "the only one");
    tap_ok(choose(devices, ALL, "3-1.4", NULL) == FOB_OK && chose("3-1.4", ""),
           "the one that is named");
    tap_ok(choose(devices, 3, NULL, NULL) == FOB_E_AMBIGUOUS &&
               strstr(error.text, "1-2 (boot loader), 3-1.4 (boot loader)") !=
                   NULL &&
               strstr(error.hint, "--bus") != NULL && chose("", ""),
           "none of several: %s", error.text);
    tap_ok(choose(devices, ALL, "1-1", NULL) == FOB_E_NOT_FOUND &&
               chose("", ""),
           "another device is no board: %s", error.text);
    tap_ok(choose(devices, ALL, "", NULL) == FOB_E_NOT_FOUND, "nor is nothing");
    tap_ok(choose(devices, 1, NULL, NULL) == FOB_E_TOKEN_ABSENT &&
               strstr(error.hint, "BOOTSEL") != NULL,
           "none at all: %s", error.text);
    tap_ok(choose(devices + 3, 1, NULL, NULL) == FOB_E_UNSUPPORTED &&
               strstr(error.text, "RP2350") != NULL,
           "another chip: %s", error.text);
    tap_ok(choose(devices + 6, 1, NULL, NULL) == FOB_E_TOKEN_ABSENT,
           "other firmware of the same maker");
}

static void test_tokens(void)
{
    tap_ok(choose(devices + 3, 2, NULL, NULL) == FOB_OK &&
               chose("2-2", "at 2-2"),
           "the only token, to be asked");
    tap_ok(choose(devices, ALL, NULL, "at 2-3") == FOB_OK &&
               chose("2-3", "at 2-3"),
           "the token that is named");
    tap_ok(choose(devices, ALL, "2-2", NULL) == FOB_OK &&
               chose("2-2", "at 2-2"),
           "the token at the place that is named");
    tap_ok(choose(devices, ALL, "1-2", "at 2-3") == FOB_OK && chose("1-2", ""),
           "a place goes before a serial number");
    tap_ok(choose(devices + 4, 2, NULL, NULL) == FOB_E_AMBIGUOUS &&
               strstr(error.text, "2-2 (token), 2-3 (token)") != NULL,
           "none of several: %s", error.text);
    tap_ok(choose(devices + 2, 3, NULL, NULL) == FOB_E_AMBIGUOUS &&
               strstr(error.text, "3-1.4 (boot loader), 2-2 (token)") != NULL,
           "nor of a token and a board in its boot loader: %s", error.text);
}

static void test_missing(void)
{
    tap_ok(choose(devices + 4, 2, NULL, "at 2-9") == FOB_E_TOKEN_ABSENT &&
               strstr(error.text, "at 2-9 is not there") != NULL,
           "no other token than the one that is named: %s", error.text);
    tap_ok(choose(devices, 2, NULL, "at 2-9") == FOB_E_TOKEN_ABSENT &&
               strstr(error.hint, "--bus 1-2") != NULL,
           "nor a board that may be another's: %s; %s", error.text, error.hint);
    tap_ok(choose_denied(3, devices + 4, 1, NULL, NULL) == FOB_OK &&
               chose("2-2", "at 2-2"),
           "the right to ask for its number may come late");
    tap_ok(choose_denied(1000, devices + 4, 1, NULL, NULL) == FOB_E_FAILED &&
               strstr(error.hint, "70-fob.rules") != NULL && chose("", ""),
           "a token that this user may not use stays: %s", error.text);
}

static void test_many(void)
{
    static struct usb_device many[USB_DEVICES_MAX];

    for (size_t i = 0; i < USB_DEVICES_MAX; i++) {
        many[i] = devices[1];
        snprintf(many[i].place, sizeof(many[i].place),
                 "%zu-1.1.1.1.1.1.1.1.1.1", i);
    }
    tap_ok(choose(many, USB_DEVICES_MAX, NULL, NULL) == FOB_E_AMBIGUOUS &&
               strlen(error.text) < 300,
           "more boards than a line has room for: %s", error.text);
}

int main(void)
{
    test_loaders();
    test_tokens();
    test_missing();
    test_many();
    return tap_done();
}
