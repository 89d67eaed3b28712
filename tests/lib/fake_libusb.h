/* SPDX-License-Identifier: MIT */
/*
 * libusb's functions, linked in the place of its own into one test: a root, a
 * keyboard, and a board in its boot loader behind two hubs.  One call goes
 * wrong, and what is open is counted.
 */
#ifndef FOB_TESTS_LIB_FAKE_LIBUSB_H
#define FOB_TESTS_LIB_FAKE_LIBUSB_H

#include "tests/lib/exact.h"

#include <libusb-1.0/libusb.h>
#include <stdbool.h>

enum { DEVICES = 3, BOARD = 2, OUT = 0x03, IN = 0x84, NEVER = -1 };

struct libusb_device {
    int number;
};

static struct libusb_device devices[DEVICES] = {{0}, {1}, {BOARD}};

static struct {
    int calls, fails_at, code;
    int moved; /* less or more than asked for */
    int open;  /* contexts, lists, trees, handles */
    bool claimed;
} bus;

static int call(void)
{
    return bus.calls++ == bus.fails_at ? bus.code : 0;
}

static int move(int len)
{
    bool is_wrong = bus.calls == bus.fails_at;
    int code = call();

    if (code != 0)
        return code;
    return is_wrong ? len + bus.moved : len;
}

int libusb_init(libusb_context **library)
{
    int code = call();

    *library = NULL;
    bus.open += code == 0;
    return code;
}

void libusb_exit(libusb_context *library)
{
    (void)library;
    bus.open--;
}

const char *libusb_strerror(int code)
{
    return code == 0 ? "no fault" : "a fault";
}

ssize_t libusb_get_device_list(libusb_context *library, libusb_device ***list)
{
    int code = call();

    (void)library;
    if (code != 0)
        return code;
    bus.open++;
    *list = exact_copy(NULL, DEVICES * sizeof **list);
    for (int i = 0; i < DEVICES; i++)
        (*list)[i] = &devices[i];
    return DEVICES;
}

void libusb_free_device_list(libusb_device **list, int unreferenced)
{
    (void)unreferenced;
    free(list);
    bus.open--;
}

/* The first one is a root; the board is behind two hubs. */
int libusb_get_port_numbers(libusb_device *device, uint8_t *ports, int cap)
{
    static const uint8_t places[DEVICES][3] = {{0}, {1}, {4, 200, 3}};
    static const int counts[DEVICES] = {0, 1, 3};
    int count = counts[device->number];

    if (count > cap)
        return LIBUSB_ERROR_OVERFLOW;
    memcpy(ports, places[device->number], (size_t)count);
    return count;
}

uint8_t libusb_get_bus_number(libusb_device *device)
{
    (void)device;
    return 255;
}

int libusb_get_device_descriptor(libusb_device *device,
                                 struct libusb_device_descriptor *descriptor)
{
    int code = call();

    *descriptor = (struct libusb_device_descriptor){.iSerialNumber = 3};
    descriptor->idVendor = device->number == BOARD ? 0x2e8a : 0x1234;
    descriptor->idProduct = 3;
    return code;
}

libusb_device *libusb_get_device(libusb_device_handle *handle)
{
    return (libusb_device *)handle;
}

int libusb_open(libusb_device *device, libusb_device_handle **handle)
{
    int code = call();

    if (code != 0)
        return code;
    bus.open++;
    *handle = (libusb_device_handle *)device;
    return 0;
}

/* A claim ends with its handle. */
void libusb_close(libusb_device_handle *handle)
{
    (void)handle;
    bus.claimed = false;
    bus.open--;
}

int libusb_get_string_descriptor_ascii(libusb_device_handle *handle,
                                       uint8_t number, unsigned char *text,
                                       int cap)
{
    int code = call();

    (void)handle;
    if (code != 0)
        return code;
    if (number != 3 || cap < 4)
        return LIBUSB_ERROR_INVALID_PARAM;
    memcpy(text, "E \x7f", 4);
    return 3;
}

static const struct libusb_endpoint_descriptor ends[] = {
    {.bEndpointAddress = 0x85,
     .bmAttributes = LIBUSB_ENDPOINT_TRANSFER_TYPE_INTERRUPT},
    {.bEndpointAddress = OUT,
     .bmAttributes = LIBUSB_ENDPOINT_TRANSFER_TYPE_BULK},
    {.bEndpointAddress = IN,
     .bmAttributes = LIBUSB_ENDPOINT_TRANSFER_TYPE_BULK},
};

int libusb_get_active_config_descriptor(libusb_device *device,
                                        struct libusb_config_descriptor **tree)
{
    static const struct libusb_interface_descriptor settings[] = {
        {.bInterfaceClass = LIBUSB_CLASS_MASS_STORAGE},
        {.bInterfaceNumber = 1,
         .bInterfaceClass = LIBUSB_CLASS_VENDOR_SPEC,
         .bNumEndpoints = 3,
         .endpoint = ends},
    };
    static const struct libusb_interface interfaces[] = {
        {NULL, 0}, {&settings[0], 1}, {&settings[1], 1}};
    int code = call();

    (void)device;
    if (code != 0)
        return code;
    bus.open++;
    *tree = exact_copy(NULL, sizeof **tree);
    (*tree)->bNumInterfaces = 3;
    (*tree)->interface = interfaces;
    return 0;
}

void libusb_free_config_descriptor(struct libusb_config_descriptor *tree)
{
    free(tree);
    bus.open--;
}

int libusb_claim_interface(libusb_device_handle *handle, int interface)
{
    int code = call();

    (void)handle;
    if (code != 0)
        return code;
    if (interface != 1)
        return LIBUSB_ERROR_NOT_FOUND;
    bus.claimed = true;
    return 0;
}

int libusb_control_transfer(libusb_device_handle *handle, uint8_t type,
                            uint8_t request, uint16_t value, uint16_t index,
                            unsigned char *data, uint16_t len, unsigned wait_ms)
{
    (void)handle, (void)request, (void)wait_ms;
    if (!bus.claimed || value != 0 || index != 1 || (type & 0x7f) != 0x41)
        return LIBUSB_ERROR_INVALID_PARAM;
    if (len > 0)
        memset(data, 0xa5, len);
    return move(len);
}

int libusb_bulk_transfer(libusb_device_handle *handle, unsigned char endpoint,
                         unsigned char *data, int len, int *moved,
                         unsigned wait_ms)
{
    int done = move(endpoint == IN && len == 64 ? 0 : len);

    (void)handle, (void)wait_ms;
    if (!bus.claimed || (endpoint != IN && endpoint != OUT))
        return LIBUSB_ERROR_INVALID_PARAM;
    if (done < 0)
        return done;
    if (endpoint == IN && len > 0)
        memset(data, 0xa5, (size_t)len);
    *moved = done;
    return 0;
}

int libusb_clear_halt(libusb_device_handle *handle, unsigned char endpoint)
{
    (void)handle;
    return endpoint == IN || endpoint == OUT ? call()
                                             : LIBUSB_ERROR_INVALID_PARAM;
}

#endif
