/* SPDX-License-Identifier: MIT */
#include "firmware/usb/requests.h"

#include "firmware/usb/class_requests.h"
#include "firmware/usb/descriptors.h"

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

/* --- ways to finish ------------------------------------------------------*/

static bool send_data(struct fob_usb *usb, const struct usb_request *request,
                      const void *data, size_t len)
{
    usb_control_send(&usb->control, request, data, len);
    return true;
}

static bool send_byte(struct fob_usb *usb, const struct usb_request *request,
                      uint8_t byte)
{
    usb->control.answer[0] = byte;
    return send_data(usb, request, usb->control.answer, 1);
}

/* Of a status' two bytes only the lowest bit is ever set. */
static bool send_status(struct fob_usb *usb, const struct usb_request *request,
                        bool bit)
{
    usb->control.answer[0] = bit;
    usb->control.answer[1] = 0;
    return send_data(usb, request, usb->control.answer, 2);
}

static bool end_request(struct fob_usb *usb)
{
    usb_control_done(&usb->control);
    return true;
}

/* --- to the device -------------------------------------------------------*/

/* Neither self-powered nor able to wake its host. */
static bool get_device_status(struct fob_usb *usb,
                              const struct usb_request *request)
{
    return send_status(usb, request, false);
}

static bool get_descriptor(struct fob_usb *usb,
                           const struct usb_request *request)
{
    enum usb_descriptor type = (enum usb_descriptor)(request->value >> 8);
    uint8_t index = (uint8_t)request->value;
    const uint8_t *bytes = usb->control.answer;
    size_t len;

    if (type == USB_STRING)
        len = usb_descriptor_string(index, usb->control.answer);
    else if (type == USB_DEVICE || type == USB_CONFIGURATION_TREE)
        bytes = usb_descriptor_find(type, index, &len);
    else
        return false;
    return bytes != NULL && len > 0 && send_data(usb, request, bytes, len);
}

static bool set_address(struct fob_usb *usb, const struct usb_request *request)
{
    if (request->value > ADDRESS_MAX)
        return false;
    usb_control_move(&usb->control, (uint8_t)request->value);
    return end_request(usb);
}

static bool get_configuration(struct fob_usb *usb,
                              const struct usb_request *request)
{
    return send_byte(usb, request, usb->configuration);
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
    usb->has_reenumerated = true;
    if (usb->configuration == USB_CONFIGURATION) {
        fob_pipe_open(&usb->hid, USB_ENDPOINT_HID, FOB_USB_INTERRUPT);
        fob_pipe_open(&usb->ccid, USB_ENDPOINT_CCID, FOB_USB_BULK);
    }
    return end_request(usb);
}

/* --- to an endpoint ------------------------------------------------------*/

static uint8_t bit_of(uint8_t address)
{
    unsigned number = address & ~(unsigned)FOB_USB_IN;

    return (uint8_t)(1u << (number + (address & FOB_USB_IN ? 4 : 0)));
}

static bool is_control(const struct usb_request *request)
{
    return (request->index & ~(unsigned)FOB_USB_IN) == 0;
}

static bool get_endpoint_status(struct fob_usb *usb,
                                const struct usb_request *request)
{
    uint8_t bit = bit_of((uint8_t)request->index);

    return send_status(usb, request, (usb->halted & bit) != 0);
}

/* Endpoint 0 has no such feature (9.4.5). */
static bool set_halt(struct fob_usb *usb, const struct usb_request *request)
{
    uint8_t address = (uint8_t)request->index;

    if (request->value != FEATURE_ENDPOINT_HALT || is_control(request))
        return false;
    usb->halted |= bit_of(address);
    fob_controller_stall(address);
    return end_request(usb);
}

static void resume_endpoint(struct fob_usb *usb, uint8_t address)
{
    usb->halted &= (uint8_t)~bit_of(address);
    fob_controller_resume(address);
}

static bool clear_halt(struct fob_usb *usb, const struct usb_request *request)
{
    if (request->value != FEATURE_ENDPOINT_HALT || is_control(request))
        return false;
    resume_endpoint(usb, (uint8_t)request->index);
    return end_request(usb);
}

/* --- to an interface -----------------------------------------------------*/

static bool get_interface_status(struct fob_usb *usb,
                                 const struct usb_request *request)
{
    return send_status(usb, request, false);
}

static bool get_interface(struct fob_usb *usb,
                          const struct usb_request *request)
{
    return send_byte(usb, request, 0);
}

/* There is one setting, and choosing it makes the interface's endpoints begin
 * with DATA0 and unhalted (9.1.1.5). */
static bool set_interface(struct fob_usb *usb,
                          const struct usb_request *request)
{
    uint8_t endpoint = request->index == USB_INTERFACE_HID ? USB_ENDPOINT_HID
                                                           : USB_ENDPOINT_CCID;

    if (request->value != 0)
        return false;
    resume_endpoint(usb, endpoint);
    resume_endpoint(usb, endpoint | FOB_USB_IN);
    return end_request(usb);
}

static bool get_hid_descriptor(struct fob_usb *usb,
                               const struct usb_request *request)
{
    enum usb_descriptor type = (enum usb_descriptor)(request->value >> 8);
    const uint8_t *bytes;
    size_t len;

    if (request->index != USB_INTERFACE_HID ||
        (type != USB_HID && type != USB_HID_REPORT))
        return false;
    bytes = usb_descriptor_find(type, (uint8_t)request->value, &len);
    return bytes != NULL && send_data(usb, request, bytes, len);
}

/* --- all -----------------------------------------------------------------*/

static const struct {
    unsigned type;
    unsigned code;
    bool (*serve)(struct fob_usb *usb, const struct usb_request *request);
} requests[] = {
    {USB_DEVICE_GET, GET_STATUS, get_device_status},
    {USB_DEVICE_SET, SET_ADDRESS, set_address},
    {USB_DEVICE_GET, GET_DESCRIPTOR, get_descriptor},
    {USB_DEVICE_GET, GET_CONFIGURATION, get_configuration},
    {USB_DEVICE_SET, SET_CONFIGURATION, set_configuration},
    {USB_INTERFACE_GET, GET_STATUS, get_interface_status},
    {USB_INTERFACE_GET, GET_INTERFACE, get_interface},
    {USB_INTERFACE_SET, SET_INTERFACE, set_interface},
    {USB_INTERFACE_GET, GET_DESCRIPTOR, get_hid_descriptor},
    {USB_ENDPOINT_GET, GET_STATUS, get_endpoint_status},
    {USB_ENDPOINT_SET, SET_FEATURE, set_halt},
    {USB_ENDPOINT_SET, CLEAR_FEATURE, clear_halt},
};

/* Before a configuration is chosen there is only the device and endpoint 0. */
static bool is_there(const struct fob_usb *usb,
                     const struct usb_request *request)
{
    bool is_configured = usb->configuration != 0;

    switch (request->type & USB_TYPE_RECIPIENT) {
    case USB_TO_INTERFACE:
        return is_configured && request->index < USB_INTERFACES;
    case USB_TO_ENDPOINT:
        return is_control(request) ||
               (is_configured &&
                (request->index & ~(unsigned)FOB_USB_IN) < FOB_USB_ENDPOINTS);
    default:
        return true;
    }
}

static bool serve_request(struct fob_usb *usb,
                          const struct usb_request *request)
{
    if (!is_there(usb, request))
        return false;
    for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++)
        if (requests[i].type == request->type &&
            requests[i].code == request->code)
            return requests[i].serve(usb, request);
    return usb_class_request_serve(usb, request);
}

/* No request that is served has data from the host. */
void usb_request_serve(struct fob_usb *usb, const struct usb_request *request)
{
    bool gives_data = (request->type & USB_TYPE_IN) == 0 && request->length > 0;

    if (gives_data || !serve_request(usb, request))
        usb_control_stall(&usb->control);
}
