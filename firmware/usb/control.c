/* SPDX-License-Identifier: MIT */
#include "firmware/usb/control.h"

enum { CONTROL = 0 };

void usb_control_reset(struct usb_control *control)
{
    control->sending = false;
    control->is_moving = false;
}

static uint16_t little_endian(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

struct usb_request
usb_control_parse(const uint8_t setup[static FOB_USB_SETUP_LEN])
{
    return (struct usb_request){
        .type = setup[0],
        .code = setup[1],
        .value = little_endian(setup + 2),
        .index = little_endian(setup + 4),
        .length = little_endian(setup + 6),
    };
}

static void arm_pipe(struct usb_control *control)
{
    size_t len =
        control->left < FOB_USB_PACKET ? control->left : FOB_USB_PACKET;

    fob_controller_send(CONTROL, control->data, len);
    control->data += len;
    control->left -= len;
    control->sending =
        control->left > 0 || (control->is_padded && len == FOB_USB_PACKET);
}

/* The host may go over to the status stage at any time (8.5.3.1). */
void usb_control_send(struct usb_control *control,
                      const struct usb_request *request, const void *data,
                      size_t len)
{
    control->data = data;
    control->left = len < request->length ? len : request->length;
    control->is_padded = control->left < request->length;
    fob_controller_accept(CONTROL);
    arm_pipe(control);
}

void usb_control_done(struct usb_control *control)
{
    control->sending = false;
    fob_controller_send(CONTROL, NULL, 0);
}

void usb_control_stall(struct usb_control *control)
{
    control->sending = false;
    fob_controller_stall(CONTROL | FOB_USB_IN);
    fob_controller_stall(CONTROL);
}

void usb_control_move(struct usb_control *control, uint8_t address)
{
    control->is_moving = true;
    control->address = address;
}

void usb_control_on_sent(struct usb_control *control)
{
    if (control->sending)
        arm_pipe(control);
    if (control->is_moving)
        fob_controller_set_address(control->address);
    control->is_moving = false;
}
