/* SPDX-License-Identifier: MIT */
#include "firmware/usb/class_requests.h"

#include "firmware/usb/descriptors.h"

#include <string.h>

/* HID 1.11, 7.2. */
enum hid_request { HID_GET_REPORT = 1, HID_GET_IDLE = 2, HID_SET_IDLE = 10 };
enum { HID_REPORT_INPUT = 1 };

/* CCID 1.1, 5.3.1. */
enum ccid_request { CCID_ABORT = 1 };

/* There is no state to ask for outside the interrupt pipe. */
static bool get_report(struct fob_usb *usb, const struct usb_request *request)
{
    uint8_t *answer = usb->control.answer;

    if (request->value != HID_REPORT_INPUT << 8)
        return false;
    memset(answer, 0, FOB_USB_REPORT);
    usb_control_send(&usb->control, request, answer, FOB_USB_REPORT);
    return true;
}

static bool get_idle(struct fob_usb *usb, const struct usb_request *request)
{
    usb->control.answer[0] = usb->idle;
    usb_control_send(&usb->control, request, usb->control.answer, 1);
    return true;
}

static bool set_idle(struct fob_usb *usb, const struct usb_request *request)
{
    usb->idle = (uint8_t)(request->value >> 8);
    usb_control_done(&usb->control);
    return true;
}

static bool abort_ccid(struct fob_usb *usb, const struct usb_request *request)
{
    (void)request;
    usb->is_aborted = true;
    usb_control_done(&usb->control);
    return true;
}

static const struct {
    enum usb_interface interface;
    unsigned type;
    unsigned code;
    bool (*serve)(struct fob_usb *usb, const struct usb_request *request);
} class_requests[] = {
    {USB_INTERFACE_HID, USB_CLASS_GET, HID_GET_REPORT, get_report},
    {USB_INTERFACE_HID, USB_CLASS_GET, HID_GET_IDLE, get_idle},
    {USB_INTERFACE_HID, USB_CLASS_SET, HID_SET_IDLE, set_idle},
    {USB_INTERFACE_CCID, USB_CLASS_SET, CCID_ABORT, abort_ccid},
};

bool usb_class_request_serve(struct fob_usb *usb,
                             const struct usb_request *request)
{
    for (size_t i = 0; i < sizeof(class_requests) / sizeof(*class_requests);
         i++)
        if (class_requests[i].interface == request->index &&
            class_requests[i].type == request->type &&
            class_requests[i].code == request->code)
            return class_requests[i].serve(usb, request);
    return false;
}
