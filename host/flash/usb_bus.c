/* SPDX-License-Identifier: MIT */
#include "host/flash/usb_bus.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    PORTS_MAX = 7,  /* USB 3.2, 4.1.1: tiers */
    NUMBER_LEN = 4, /* "255." */
};

enum usb_fault usb_bus_fault(int result)
{
    switch (result) {
    case LIBUSB_SUCCESS:
        return USB_OK;
    case LIBUSB_ERROR_NO_DEVICE:
    case LIBUSB_ERROR_NOT_FOUND:
        return USB_GONE;
    case LIBUSB_ERROR_PIPE:
        return USB_STALLED;
    case LIBUSB_ERROR_ACCESS:
        return USB_DENIED;
    case LIBUSB_ERROR_BUSY:
        return USB_BUSY;
    case LIBUSB_ERROR_TIMEOUT:
        return USB_SLOW;
    default:
        return USB_FAILED;
    }
}

/* --- what is plugged in ---------------------------------------------------*/

/* False for the root of a bus, which is in no port. */
static bool name_place(libusb_device *device, char place[USB_PLACE_MAX + 1])
{
    uint8_t ports[PORTS_MAX];
    int count = libusb_get_port_numbers(device, ports, PORTS_MAX);
    int len =
        snprintf(place, NUMBER_LEN + 1, "%u", libusb_get_bus_number(device));

    for (int i = 0; i < count; i++)
        len += snprintf(place + len, NUMBER_LEN + 1, "%c%u", i ? '.' : '-',
                        ports[i]);
    return count > 0;
}

/* Go through all devices until `visit` returns false. */
static enum usb_fault each_device(struct libusb *libusb,
                                  bool (*visit)(void *context,
                                                libusb_device *device,
                                                const char *place),
                                  void *context)
{
    libusb_device **all;
    ssize_t count = libusb_get_device_list(libusb->library, &all);
    bool go_on = true;

    if (count < 0)
        return usb_bus_fault((int)count);
    for (ssize_t i = 0; go_on && i < count; i++) {
        char place[USB_PLACE_MAX + 1];

        if (name_place(all[i], place))
            go_on = visit(context, all[i], place);
    }
    libusb_free_device_list(all, 1);
    return USB_OK;
}

struct usb_listing {
    struct usb_device *devices;
    size_t count;
};

static bool visit_to_list(void *context, libusb_device *device,
                          const char *place)
{
    struct usb_listing *listing = context;
    struct usb_device *listed = &listing->devices[listing->count];
    struct libusb_device_descriptor descriptor;

    if (libusb_get_device_descriptor(device, &descriptor) != 0)
        return true;
    listed->vendor = descriptor.idVendor;
    listed->product = descriptor.idProduct;
    memcpy(listed->place, place, sizeof(listed->place));
    return ++listing->count < USB_DEVICES_MAX;
}

enum usb_fault usb_bus_list(void *context, struct usb_device *devices,
                            size_t *count)
{
    struct usb_listing listing = {devices, 0};
    enum usb_fault fault = each_device(context, visit_to_list, &listing);

    *count = listing.count;
    return fault;
}

/* --- one of them ----------------------------------------------------------*/

struct usb_search {
    const char *place;
    libusb_device_handle *handle;
    int result;
};

static bool visit_to_open(void *context, libusb_device *device,
                          const char *place)
{
    struct usb_search *search = context;

    if (strcmp(place, search->place) != 0)
        return true;
    search->result = libusb_open(device, &search->handle);
    return false;
}

enum usb_fault usb_bus_open(struct libusb *libusb, const char *place,
                            libusb_device_handle **handle)
{
    struct usb_search search = {place, NULL, LIBUSB_ERROR_NO_DEVICE};
    enum usb_fault fault = each_device(libusb, visit_to_open, &search);

    if (fault == USB_OK)
        fault = usb_bus_fault(search.result);
    *handle = fault == USB_OK ? search.handle : NULL;
    return fault;
}

enum usb_fault usb_bus_read_serial(void *context, const char *place,
                                   char serial[USB_SERIAL_MAX + 1])
{
    struct libusb_device_descriptor descriptor;
    libusb_device_handle *handle;
    enum usb_fault fault = usb_bus_open(context, place, &handle);
    int len;

    serial[0] = '\0';
    if (fault != USB_OK)
        return fault;
    len = libusb_get_device_descriptor(libusb_get_device(handle), &descriptor);
    if (len == 0)
        len = libusb_get_string_descriptor_ascii(
            handle, descriptor.iSerialNumber, (unsigned char *)serial,
            USB_SERIAL_MAX);
    libusb_close(handle);
    if (len < 0)
        return usb_bus_fault(len);
    for (char *at = serial; *at; at++)
        if (*at <= 0x20 || *at == 0x7f)
            *at = '?';
    return USB_OK;
}
