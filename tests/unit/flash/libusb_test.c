/* SPDX-License-Identifier: MIT */
/* libusb going wrong at each call, and each transfer by a byte. */
#include "host/flash/libusb.h"

#include "tests/lib/fake_libusb.h"
#include "tests/lib/tap.h"

static const char board[] = "255-4.200.3";

static enum usb_fault talk(const struct usb *usb)
{
    uint8_t command[32] = {0}, data[100];
    enum usb_fault fault = usb->order(usb->context, 0x41);

    if (fault == USB_OK)
        fault = usb->clear(usb->context);
    if (fault == USB_OK)
        fault = usb->send(usb->context, command, sizeof(command));
    if (fault == USB_OK)
        fault = usb->receive(usb->context, data, sizeof(data));
    if (fault == USB_OK)
        fault = usb->send(usb->context, NULL, 0);
    if (fault == USB_OK)
        fault = usb->receive(usb->context, NULL, 0);
    if (fault == USB_OK)
        fault = usb->ask(usb->context, 0x42, data, 16);
    return fault;
}

static enum usb_fault use(const struct usb *usb)
{
    struct usb_device found[USB_DEVICES_MAX];
    char serial[USB_SERIAL_MAX + 1];
    size_t count;
    enum usb_fault fault = usb->list(usb->context, found, &count);

    if (fault == USB_OK && (count != 2 || found[1].vendor != 0x2e8a ||
                            strcmp(found[1].place, board) != 0))
        return USB_GONE;
    if (fault == USB_OK)
        fault = usb->read_serial(usb->context, board, serial);
    if (fault == USB_OK && strcmp(serial, "E??") != 0)
        return USB_FAILED;
    if (fault == USB_OK)
        fault = usb->open(usb->context, board);
    if (fault != USB_OK)
        return fault;
    fault = talk(usb);
    usb->close(usb->context);
    return fault;
}

static enum usb_fault run(int fails_at, int code, int moved)
{
    struct fob_error error = {0};
    enum usb_fault fault;
    struct usb usb;

    bus.calls = 0;
    bus.fails_at = fails_at;
    bus.code = code;
    bus.moved = moved;
    if (flash_libusb_start(&usb, &error) != FOB_OK)
        return error.status == FOB_E_FAILED &&
                       strstr(error.text, "cannot use USB: a fault") != NULL
                   ? USB_FAILED
                   : USB_OK;
    fault = use(&usb);
    flash_libusb_end(&usb);
    return fault;
}

static void test_codes(void)
{
    static const struct {
        int code;
        enum usb_fault fault;
        const char *what;
    } codes[] = {
        {LIBUSB_ERROR_IO, USB_FAILED, "IO"},
        {LIBUSB_ERROR_ACCESS, USB_DENIED, "ACCESS"},
        {LIBUSB_ERROR_NO_DEVICE, USB_GONE, "NO_DEVICE"},
        {LIBUSB_ERROR_NOT_FOUND, USB_GONE, "NOT_FOUND"},
        {LIBUSB_ERROR_BUSY, USB_BUSY, "BUSY"},
        {LIBUSB_ERROR_TIMEOUT, USB_SLOW, "TIMEOUT"},
        {LIBUSB_ERROR_OVERFLOW, USB_FAILED, "OVERFLOW"},
        {LIBUSB_ERROR_PIPE, USB_STALLED, "PIPE"},
        {LIBUSB_ERROR_NO_MEM, USB_FAILED, "NO_MEM"},
        {-1000, USB_FAILED, "an unknown code"},
    };
    int calls;

    tap_ok(run(NEVER, 0, 0) == USB_OK && bus.open == 0, "no fault");
    calls = bus.calls;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        for (int at = 0; at < calls; at++) {
            enum usb_fault fault = run(at, codes[i].code, 0);
            /* The start has one word for all; a device that cannot tell what
             * it is is not listed. */
            bool is_told = fault == codes[i].fault ||
                           (at == 0 && fault == USB_FAILED) ||
                           ((at == 2 || at == 3) && fault == USB_GONE);

            tap_ok(is_told && bus.open == 0, "call %d gives %s: %d, closed", at,
                   codes[i].what, (int)fault);
        }
    tap_ok(run(NEVER, 0, 0) == USB_OK, "and then all is well again");
}

/* A transfer that moves less or more than was asked for. */
static void test_lengths(void)
{
    int wrong = 0, calls;

    run(NEVER, 0, 0);
    calls = bus.calls;
    for (int moved = -1; moved <= 1; moved += 2)
        for (int at = 0; at < calls; at++) {
            enum usb_fault fault = run(at, 0, moved);

            wrong += fault != USB_OK;
            tap_ok(bus.open == 0, "call %d moves %+d byte: %d, closed", at,
                   moved, (int)fault);
        }
    /* Of the four bulk and the two control transfers. */
    tap_ok(wrong == 2 * 6, "each wrong length is told: %d", wrong);
}

int main(void)
{
    test_codes();
    test_lengths();
    return tap_done();
}
