/* SPDX-License-Identifier: MIT */
#include "firmware/usb/device.h"

#include "firmware/usb/descriptors.h"
#include "firmware/usb/requests.h"
#include "src/wipe.h"

void fob_usb_init(struct fob_usb *usb)
{
    fob_wipe(usb, sizeof(*usb));
    fob_controller_attach();
}

bool fob_usb_is_enumerating(struct fob_usb *usb)
{
    bool asked = usb->is_asked;

    usb->is_asked = false;
    return asked || usb->configuration == 0;
}

bool fob_usb_has_reenumerated(struct fob_usb *usb)
{
    bool reenumerated = usb->has_reenumerated;

    usb->has_reenumerated = false;
    return reenumerated;
}

bool fob_usb_is_aborted(struct fob_usb *usb)
{
    bool aborted = usb->is_aborted;

    usb->is_aborted = false;
    return aborted;
}

/* --- events --------------------------------------------------------------*/

static void handle_reset(struct fob_usb *usb)
{
    usb_control_reset(&usb->control);
    fob_pipe_close(&usb->hid);
    fob_pipe_close(&usb->ccid);
    usb->configuration = 0;
    usb->halted = 0;
    usb->has_reenumerated = true;
}

static void handle_setup(struct fob_usb *usb, const uint8_t *bytes)
{
    struct usb_request request = usb_control_parse(bytes);

    usb->is_asked = true;
    usb_control_reset(&usb->control);
    usb_request_serve(usb, &request);
}

static struct fob_pipe *pipe_of(struct fob_usb *usb, uint8_t endpoint)
{
    return endpoint == USB_ENDPOINT_HID ? &usb->hid : &usb->ccid;
}

static void handle_sent(struct fob_usb *usb, uint8_t endpoint)
{
    if (endpoint == 0)
        usb_control_on_sent(&usb->control);
    else
        fob_pipe_on_sent(pipe_of(usb, endpoint));
}

/* On endpoint 0 only the status stage comes in, and it is empty. */
static void handle_received(struct fob_usb *usb, uint8_t endpoint)
{
    if (endpoint != 0)
        fob_pipe_on_received(pipe_of(usb, endpoint));
}

bool fob_usb_poll(struct fob_usb *usb)
{
    struct fob_usb_event event = fob_controller_poll();

    switch (event.kind) {
    case FOB_USB_RESET:
        handle_reset(usb);
        break;
    case FOB_USB_SETUP:
        handle_setup(usb, event.setup);
        break;
    case FOB_USB_SENT:
        handle_sent(usb, event.endpoint);
        break;
    case FOB_USB_RECEIVED:
        handle_received(usb, event.endpoint);
        break;
    case FOB_USB_NOTHING:
        return false;
    }
    return true;
}
