/* SPDX-License-Identifier: MIT */
#include "host/flash/libusb.h"

#include "host/flash/usb_bus.h"
#include "host/flash/usb_pipes.h"

#include <stdlib.h>
#include <time.h>

static void pause_ms(void *context, int ms)
{
    struct timespec left = {ms / 1000, ms % 1000 * 1000000L};

    (void)context;
    while (nanosleep(&left, &left) != 0)
        continue;
}

enum fob_status flash_libusb_start(struct usb *usb, struct fob_error *error)
{
    struct libusb *libusb = calloc(1, sizeof(*libusb));
    int result;

    if (libusb == NULL)
        return fob_error_no_memory(error);
    result = libusb_init(&libusb->library);
    if (result != 0) {
        free(libusb);
        return fob_error_set(error, FOB_E_FAILED, "cannot use USB: %s",
                             libusb_strerror(result));
    }
    *usb = (struct usb){
        .context = libusb,
        .list = usb_bus_list,
        .read_serial = usb_bus_read_serial,
        .open = usb_pipes_open,
        .close = usb_pipes_close,
        .order = usb_pipes_order,
        .ask = usb_pipes_ask,
        .send = usb_pipes_send,
        .receive = usb_pipes_receive,
        .clear = usb_pipes_clear,
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
