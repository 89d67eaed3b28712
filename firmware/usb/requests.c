/* SPDX-License-Identifier: MIT */
#include "requests.h"

#include "descriptors.h"

#include <string.h>

/* bRequest, USB 2.0 table 9-4. */
enum standard_request {
    GET_STATUS = 0,
    CLEAR_FEATURE = 1,
    SET_FEATURE = 3,
    SET_ADDRESS = 5,
    GET_DESCRIPTOR = 6,
    GET_CONFIGURATION = 8,
    SET_CONFIGURATION = 9,
    GET_INTERFACE = 10,
    SET_INTERFACE = 11,
};

enum { FEATURE_ENDPOINT_HALT = 0, ADDRESS_MAX = 127 };

/* HID 1.11, 7.2. */
enum hid_request { HID_GET_REPORT = 1, HID_GET_IDLE = 2, HID_SET_IDLE = 10 };
enum { HID_REPORT_INPUT = 1 };

/* CCID 1.1, 5.3.1. */
enum ccid_request { CCID_ABORT = 1 };

/* --- ways to finish ------------------------------------------------------*/

static bool send(struct fob_usb *usb, const struct usb_request *request,
                 const void *data, size_t len)
{
    usb_control_send(&usb->control, request, data, len);
    return true;
}

static bool send_byte(struct fob_usb *usb, const struct usb_request *request,
                      uint8_t byte)
{
    usb->control.answer[0] = byte;
    return send(usb, request, usb->control.answer, 1);
}

static bool done(struct fob_usb *usb)
{
    usb_control_done(&usb->control);
    return true;
}

/* --- to the device -------------------------------------------------------*/

static bool get_descriptor(struct fob_usb *usb,
                           const struct usb_request *request)
{
    enum usb_descriptor type = (enum usb_descriptor)(request->value >> 8);
    uint8_t index = (uint8_t)request->value;
    const uint8_t *bytes;
    size_t len;

    if (type == USB_STRING) {
        bytes = usb->control.answer;
        len = usb_descriptor_string(index, usb->control.answer);
        return len > 0 && send(usb, request, bytes, len);
    }
    bytes = usb_descriptor_find(type, index, &len);
    return bytes != NULL && send(usb, request, bytes, len);
}

static bool set_address(struct fob_usb *usb, const struct usb_request *request)
{
    if (request->value > ADDRESS_MAX)
        return false;
    usb->control.new_address = (uint8_t)request->value;
    return done(usb);
}

/* Also choosing the same configuration again begins anew (9.1.1.5). */
static bool set_configuration(struct fob_usb *usb,
                              const struct usb_request *request)
{
    if (request->value > USB_CONFIGURATION)
        return false;
    fob_pipe_close(&usb->hid);
    fob_pipe_close(&usb->ccid);
    fob_controller_close();
    usb->configuration = (uint8_t)request->value;
    usb->halted = 0;
    usb->begun_anew = true;
    if (usb->configuration == USB_CONFIGURATION) {
        fob_pipe_open(&usb->hid, USB_ENDPOINT_HID, FOB_USB_INTERRUPT);
        fob_pipe_open(&usb->ccid, USB_ENDPOINT_CCID, FOB_USB_BULK);
    }
    return done(usb);
}

/* Neither self-powered, nor halted, nor able to wake its host. */
static bool get_status(struct fob_usb *usb, const struct usb_request *request,
                       bool is_halted)
{
    usb->control.answer[0] = is_halted;
    usb->control.answer[1] = 0;
    return send(usb, request, usb->control.answer, 2);
}

static bool serve_device(struct fob_usb *usb, const struct usb_request *request)
{
    switch (request->code) {
    case GET_STATUS:
        return get_status(usb, request, false);
    case SET_ADDRESS:
        return set_address(usb, request);
    case GET_DESCRIPTOR:
        return get_descriptor(usb, request);
    case GET_CONFIGURATION:
        return send_byte(usb, request, usb->configuration);
    case SET_CONFIGURATION:
        return set_configuration(usb, request);
    default:
        return false;
    }
}

/* --- to an interface -----------------------------------------------------*/

static bool serve_interface(struct fob_usb *usb,
                            const struct usb_request *request)
{
    enum usb_descriptor type = (enum usb_descriptor)(request->value >> 8);

    switch (request->code) {
    case GET_STATUS:
        return get_status(usb, request, false);
    case GET_INTERFACE:
        return send_byte(usb, request, 0);
    case SET_INTERFACE:
        return request->value == 0 && done(usb);
    case GET_DESCRIPTOR:
        return request->index == USB_INTERFACE_HID &&
               (type == USB_HID || type == USB_HID_REPORT) &&
               get_descriptor(usb, request);
    default:
        return false;
    }
}

/* There is no state to ask for outside the interrupt pipe. */
static bool get_report(struct fob_usb *usb, const struct usb_request *request)
{
    if (request->value != HID_REPORT_INPUT << 8)
        return false;
    memset(usb->control.answer, 0, FOB_USB_REPORT);
    return send(usb, request, usb->control.answer, FOB_USB_REPORT);
}

static bool serve_hid(struct fob_usb *usb, const struct usb_request *request)
{
    switch (request->code) {
    case HID_GET_REPORT:
        return get_report(usb, request);
    case HID_GET_IDLE:
        return send_byte(usb, request, usb->idle);
    case HID_SET_IDLE:
        usb->idle = (uint8_t)(request->value >> 8);
        return done(usb);
    default:
        return false;
    }
}

static bool serve_ccid(struct fob_usb *usb, const struct usb_request *request)
{
    if (request->code != CCID_ABORT)
        return false;
    usb->aborted = true;
    return done(usb);
}

static bool serve_class(struct fob_usb *usb, const struct usb_request *request)
{
    return request->index == USB_INTERFACE_HID ? serve_hid(usb, request)
                                               : serve_ccid(usb, request);
}

/* --- to an endpoint ------------------------------------------------------*/

static bool has_endpoint(uint16_t address)
{
    unsigned number = address & ~(unsigned)FOB_USB_IN;

    return number < FOB_USB_ENDPOINTS;
}

static uint8_t bit_of(uint16_t address)
{
    unsigned number = address & ~(unsigned)FOB_USB_IN;

    return (uint8_t)(1u << (number + (address & FOB_USB_IN ? 4 : 0)));
}

/* Endpoint 0 cannot be halted. */
static bool set_halt(struct fob_usb *usb, const struct usb_request *request)
{
    uint8_t address = (uint8_t)request->index;
    bool halt = request->code == SET_FEATURE;

    if (request->value != FEATURE_ENDPOINT_HALT || (address & 0x7f) == 0)
        return false;
    if (halt) {
        usb->halted |= bit_of(address);
        fob_controller_stall(address);
    } else {
        usb->halted &= (uint8_t)~bit_of(address);
        fob_controller_resume(address);
    }
    return done(usb);
}

static bool serve_endpoint(struct fob_usb *usb,
                           const struct usb_request *request)
{
    if (!has_endpoint(request->index))
        return false;
    switch (request->code) {
    case GET_STATUS:
        return get_status(usb, request,
                          (usb->halted & bit_of(request->index)) != 0);
    case SET_FEATURE:
    case CLEAR_FEATURE:
        return set_halt(usb, request);
    default:
        return false;
    }
}

/* --- all -----------------------------------------------------------------*/

/* Before a configuration is chosen there is only the device and endpoint 0. */
static bool serve_configured(struct fob_usb *usb,
                             const struct usb_request *request)
{
    bool to_interface =
        (request->type & USB_TYPE_RECIPIENT) == USB_TO_INTERFACE;

    if (to_interface && request->index >= USB_INTERFACES)
        return false;
    if ((request->type & USB_TYPE_KIND) == USB_TYPE_CLASS)
        return to_interface && serve_class(usb, request);
    return to_interface ? serve_interface(usb, request)
                        : serve_endpoint(usb, request);
}

/* Data from the host, and answers into nowhere, are no part of any request
 * that this device knows. */
static bool has_sane_data(const struct usb_request *request)
{
    return (request->type & USB_TYPE_IN) ? request->length > 0
                                         : request->length == 0;
}

static bool serve(struct fob_usb *usb, const struct usb_request *request)
{
    unsigned recipient = request->type & USB_TYPE_RECIPIENT;
    unsigned kind = request->type & USB_TYPE_KIND;

    if (!has_sane_data(request) || recipient > USB_TO_ENDPOINT ||
        (kind != USB_TYPE_STANDARD && kind != USB_TYPE_CLASS))
        return false;
    if (recipient == USB_TO_DEVICE)
        return kind == USB_TYPE_STANDARD && serve_device(usb, request);
    return usb->configuration != 0 && serve_configured(usb, request);
}

void usb_request_serve(struct fob_usb *usb, const struct usb_request *request)
{
    if (!serve(usb, request))
        usb_control_stall(&usb->control);
}
