/* SPDX-License-Identifier: MIT */
#include "host/flash/usb_pipes.h"

#include "host/flash/usb_bus.h"

#include <stdbool.h>

enum {
    PATIENCE_MS = 10 * 1000, /* one command: a slow chip erases in 0.4 s */
    ORDER = LIBUSB_ENDPOINT_OUT | LIBUSB_REQUEST_TYPE_VENDOR |
            LIBUSB_RECIPIENT_INTERFACE,
    ASK = LIBUSB_ENDPOINT_IN | LIBUSB_REQUEST_TYPE_VENDOR |
          LIBUSB_RECIPIENT_INTERFACE,
};

/* --- opening --------------------------------------------------------------*/

static bool take_endpoints(const struct libusb_interface_descriptor *setting,
                           struct usb_pipes *pipes)
{
    *pipes = (struct usb_pipes){.interface = setting->bInterfaceNumber};
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
        return usb_bus_fault(result);
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

void usb_pipes_close(void *context)
{
    struct libusb *libusb = context;

    libusb_close(libusb->device);
    libusb->device = NULL;
}

enum usb_fault usb_pipes_open(void *context, const char *place)
{
    struct libusb *libusb = context;
    enum usb_fault fault = usb_bus_open(libusb, place, &libusb->device);

    if (fault != USB_OK)
        return fault;
    fault = find_pipes(libusb);
    if (fault == USB_OK)
        fault = usb_bus_fault(
            libusb_claim_interface(libusb->device, libusb->pipes.interface));
    if (fault != USB_OK)
        usb_pipes_close(libusb);
    return fault;
}

/* --- transfers ------------------------------------------------------------*/

enum usb_fault usb_pipes_order(void *context, uint8_t request)
{
    struct libusb *libusb = context;

    return usb_bus_fault(libusb_control_transfer(libusb->device, ORDER, request,
                                                 0, libusb->pipes.interface,
                                                 NULL, 0, PATIENCE_MS));
}

enum usb_fault usb_pipes_ask(void *context, uint8_t request, void *data,
                             size_t len)
{
    struct libusb *libusb = context;
    int got = libusb_control_transfer(libusb->device, ASK, request, 0,
                                      libusb->pipes.interface, data,
                                      (uint16_t)len, PATIENCE_MS);

    if (got < 0)
        return usb_bus_fault(got);
    return (size_t)got == len ? USB_OK : USB_FAILED;
}

static enum usb_fault transfer_bulk(struct libusb *libusb, uint8_t endpoint,
                                    void *data, size_t len)
{
    int moved = 0;
    int result = libusb_bulk_transfer(libusb->device, endpoint, data, (int)len,
                                      &moved, PATIENCE_MS);

    if (result != 0)
        return usb_bus_fault(result);
    return (size_t)moved == len ? USB_OK : USB_FAILED;
}

/* libusb's one call for both directions takes no const. */
enum usb_fault usb_pipes_send(void *context, const void *data, size_t len)
{
    struct libusb *libusb = context;

    return transfer_bulk(libusb, libusb->pipes.out, (void *)(uintptr_t)data,
                         len);
}

/* A byte where none may be is an overflow or a wrong length, as with more. */
enum usb_fault usb_pipes_receive(void *context, void *data, size_t len)
{
    struct libusb *libusb = context;
    uint8_t nothing[64];
    int moved = 0, result;

    if (len > 0)
        return transfer_bulk(libusb, libusb->pipes.in, data, len);
    result = libusb_bulk_transfer(libusb->device, libusb->pipes.in, nothing,
                                  sizeof(nothing), &moved, PATIENCE_MS);
    if (result != 0)
        return usb_bus_fault(result);
    return moved == 0 ? USB_OK : USB_FAILED;
}

enum usb_fault usb_pipes_clear(void *context)
{
    struct libusb *libusb = context;
    int result = libusb_clear_halt(libusb->device, libusb->pipes.in);

    if (result == 0)
        result = libusb_clear_halt(libusb->device, libusb->pipes.out);
    return usb_bus_fault(result);
}
