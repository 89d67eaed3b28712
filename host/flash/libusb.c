/* SPDX-License-Identifier: MIT */
#include "host/flash/libusb.h"

#include "host/base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libusb-1.0/libusb.h>

enum {
    PATIENCE_MS = 10 * 1000, /* one command: a slow chip erases in 0.4 s */
    PORTS_MAX = 7,           /* USB 3.2, 4.1.1: tiers */
    NUMBER_LEN = 4,          /* "255." */
    ORDER = LIBUSB_ENDPOINT_OUT | LIBUSB_REQUEST_TYPE_VENDOR |
            LIBUSB_RECIPIENT_INTERFACE,
    ASK = LIBUSB_ENDPOINT_IN | LIBUSB_REQUEST_TYPE_VENDOR |
          LIBUSB_RECIPIENT_INTERFACE,
};

/* The interface of the open device that is ours. */
struct pipes {
    uint8_t interface;
    uint8_t in;
    uint8_t out;
};

struct libusb {
    libusb_context *library;
    libusb_device_handle *device; /* NULL: none is open */
    struct pipes pipes;
};

static enum usb_fault fault_of(int result)
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
        return fault_of((int)count);
    for (ssize_t i = 0; go_on && i < count; i++) {
        char place[USB_PLACE_MAX + 1];

        if (name_place(all[i], place))
            go_on = visit(context, all[i], place);
    }
    libusb_free_device_list(all, 1);
    return USB_OK;
}

struct listing {
    struct usb_device *devices;
    size_t count;
};

static bool visit_to_list(void *context, libusb_device *device,
                          const char *place)
{
    struct listing *listing = context;
    struct usb_device *listed = &listing->devices[listing->count];
    struct libusb_device_descriptor descriptor;

    if (libusb_get_device_descriptor(device, &descriptor) != 0)
        return true;
    listed->vendor = descriptor.idVendor;
    listed->product = descriptor.idProduct;
    memcpy(listed->place, place, sizeof listed->place);
    return ++listing->count < USB_DEVICES_MAX;
}

static enum usb_fault list_devices(void *context, struct usb_device *devices,
                                   size_t *count)
{
    struct listing listing = {devices, 0};
    enum usb_fault fault = each_device(context, visit_to_list, &listing);

    *count = listing.count;
    return fault;
}

/* --- opening --------------------------------------------------------------*/

struct search {
    const char *place;
    libusb_device_handle *handle;
    int result;
};

static bool visit_to_open(void *context, libusb_device *device,
                          const char *place)
{
    struct search *search = context;

    if (strcmp(place, search->place) != 0)
        return true;
    search->result = libusb_open(device, &search->handle);
    return false;
}

static enum usb_fault open_place(struct libusb *libusb, const char *place,
                                 libusb_device_handle **handle)
{
    struct search search = {place, NULL, LIBUSB_ERROR_NO_DEVICE};
    enum usb_fault fault = each_device(libusb, visit_to_open, &search);

    if (fault == USB_OK)
        fault = fault_of(search.result);
    *handle = fault == USB_OK ? search.handle : NULL;
    return fault;
}

static bool take_endpoints(const struct libusb_interface_descriptor *setting,
                           struct pipes *pipes)
{
    *pipes = (struct pipes){.interface = setting->bInterfaceNumber};
    for (int i = 0; i < setting->bNumEndpoints; i++) {
        const struct libusb_endpoint_descriptor *end = &setting->endpoint[i];

        if ((end->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) !=
            LIBUSB_TRANSFER_TYPE_BULK)
            continue;
        if (end->bEndpointAddress & LIBUSB_ENDPOINT_IN)
            pipes->in = end->bEndpointAddress;
        else
            pipes->out = end->bEndpointAddress;
    }
    return pipes->in != 0 && pipes->out != 0;
}

/* The number of the interface depends on whether mass storage is there. */
static enum usb_fault find_pipes(struct libusb *libusb)
{
    struct libusb_config_descriptor *tree;
    int result = libusb_get_active_config_descriptor(
        libusb_get_device(libusb->device), &tree);
    bool found = false;

    if (result != 0)
        return fault_of(result);
    for (int i = 0; !found && i < tree->bNumInterfaces; i++) {
        const struct libusb_interface *interface = &tree->interface[i];

        found = interface->num_altsetting > 0 &&
                interface->altsetting[0].bInterfaceClass ==
                    LIBUSB_CLASS_VENDOR_SPEC &&
                take_endpoints(&interface->altsetting[0], &libusb->pipes);
    }
    libusb_free_config_descriptor(tree);
    return found ? USB_OK : USB_FAILED;
}

static void close_device(void *context)
{
    struct libusb *libusb = context;

    libusb_close(libusb->device);
    libusb->device = NULL;
}

static enum usb_fault open_device(void *context, const char *place)
{
    struct libusb *libusb = context;
    enum usb_fault fault = open_place(libusb, place, &libusb->device);

    if (fault != USB_OK)
        return fault;
    fault = find_pipes(libusb);
    if (fault == USB_OK)
        fault = fault_of(
            libusb_claim_interface(libusb->device, libusb->pipes.interface));
    if (fault != USB_OK)
        close_device(libusb);
    return fault;
}

static enum usb_fault read_serial(void *context, const char *place,
                                  char serial[USB_SERIAL_MAX + 1])
{
    struct libusb_device_descriptor descriptor;
    libusb_device_handle *handle;
    enum usb_fault fault = open_place(context, place, &handle);
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
        return fault_of(len);
    for (char *at = serial; *at; at++)
        if (*at <= 0x20 || *at == 0x7f)
            *at = '?';
    return USB_OK;
}

/* --- transfers ------------------------------------------------------------*/

static enum usb_fault order(void *context, uint8_t request)
{
    struct libusb *libusb = context;

    return fault_of(libusb_control_transfer(libusb->device, ORDER, request, 0,
                                            libusb->pipes.interface, NULL, 0,
                                            PATIENCE_MS));
}

static enum usb_fault ask(void *context, uint8_t request, void *data,
                          size_t len)
{
    struct libusb *libusb = context;
    int got = libusb_control_transfer(libusb->device, ASK, request, 0,
                                      libusb->pipes.interface, data,
                                      (uint16_t)len, PATIENCE_MS);

    if (got < 0)
        return fault_of(got);
    return (size_t)got == len ? USB_OK : USB_FAILED;
}

static enum usb_fault transfer(struct libusb *libusb, uint8_t endpoint,
                               void *data, size_t len)
{
    int moved = 0;
    int result = libusb_bulk_transfer(libusb->device, endpoint, data, (int)len,
                                      &moved, PATIENCE_MS);

    if (result != 0)
        return fault_of(result);
    return (size_t)moved == len ? USB_OK : USB_FAILED;
}

/* libusb's one call for both directions takes no const. */
static enum usb_fault send_data(void *context, const void *data, size_t len)
{
    struct libusb *libusb = context;

    return transfer(libusb, libusb->pipes.out, (void *)(uintptr_t)data, len);
}

/* A byte where none may be is an overflow or a wrong length, as with more. */
static enum usb_fault receive_data(void *context, void *data, size_t len)
{
    struct libusb *libusb = context;
    uint8_t nothing[64];
    int moved = 0, result;

    if (len > 0)
        return transfer(libusb, libusb->pipes.in, data, len);
    result = libusb_bulk_transfer(libusb->device, libusb->pipes.in, nothing,
                                  sizeof nothing, &moved, PATIENCE_MS);
    if (result != 0)
        return fault_of(result);
    return moved == 0 ? USB_OK : USB_FAILED;
}

static enum usb_fault clear_stalls(void *context)
{
    struct libusb *libusb = context;
    int result = libusb_clear_halt(libusb->device, libusb->pipes.in);

    if (result == 0)
        result = libusb_clear_halt(libusb->device, libusb->pipes.out);
    return fault_of(result);
}

static void pause_ms(void *context, int ms)
{
    struct timespec left = {ms / 1000, ms % 1000 * 1000000L};

    (void)context;
    while (nanosleep(&left, &left) != 0)
        continue;
}

/* --------------------------------------------------------------------------*/

enum fob_status flash_libusb_start(struct usb *usb, struct fob_error *error)
{
    struct libusb *libusb = calloc(1, sizeof *libusb);
    int result;

    if (!libusb)
        return fob_error_set(error, FOB_E_NO_MEMORY, "no memory");
    result = libusb_init(&libusb->library);
    if (result != 0) {
        free(libusb);
        return fob_error_set(error, FOB_E_FAILED, "cannot use USB: %s",
                             libusb_strerror(result));
    }
    *usb = (struct usb){
        .context = libusb,
        .list = list_devices,
        .read_serial = read_serial,
        .open = open_device,
        .close = close_device,
        .order = order,
        .ask = ask,
        .send = send_data,
        .receive = receive_data,
        .clear = clear_stalls,
        .pause = pause_ms,
    };
    return FOB_OK;
}

void flash_libusb_end(struct usb *usb)
{
    struct libusb *libusb = usb->context;

    libusb_exit(libusb->library);
    free(libusb);
    *usb = (struct usb){0};
}
