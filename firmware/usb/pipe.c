/* SPDX-License-Identifier: MIT */
#include "firmware/usb/pipe.h"

#include "src/wipe.h"

void fob_pipe_open(struct fob_pipe *pipe, uint8_t endpoint,
                   enum fob_usb_transfer transfer)
{
    *pipe = (struct fob_pipe){
        .is_open = true,
        .endpoint = endpoint,
        .transfer = transfer,
    };
    fob_controller_open(endpoint, transfer);
    fob_controller_accept(endpoint);
}

void fob_pipe_close(struct fob_pipe *pipe)
{
    fob_wipe(pipe, sizeof(*pipe));
}

bool fob_pipe_is_free(const struct fob_pipe *pipe)
{
    return pipe->is_open && !pipe->sending;
}

/* --- to the host ---------------------------------------------------------*/

/* A bulk transfer ends with a packet below the maximum, an empty one if need
 * be (USB 2.0, 5.8.3); an interrupt transfer is one report. */
static void arm_pipe(struct fob_pipe *pipe)
{
    size_t len = pipe->left < FOB_USB_PACKET ? pipe->left : FOB_USB_PACKET;

    fob_controller_send(pipe->endpoint, pipe->data, len);
    pipe->data += len;
    pipe->left -= len;
    pipe->has_ended =
        pipe->transfer == FOB_USB_BULK ? len < FOB_USB_PACKET : pipe->left == 0;
}

void fob_pipe_send(struct fob_pipe *pipe, const void *data, size_t len)
{
    pipe->sending = true;
    pipe->data = data;
    pipe->left = len;
    arm_pipe(pipe);
}

void fob_pipe_on_sent(struct fob_pipe *pipe)
{
    if (pipe->sending && !pipe->has_ended)
        arm_pipe(pipe);
    else
        pipe->sending = false;
}

/* --- from the host -------------------------------------------------------*/

void fob_pipe_on_received(struct fob_pipe *pipe)
{
    pipe->packet_len = fob_controller_take(pipe->endpoint, pipe->packet);
    pipe->is_full = true;
}

const uint8_t *fob_pipe_received(const struct fob_pipe *pipe, size_t *len)
{
    *len = pipe->is_full ? pipe->packet_len : 0;
    return pipe->is_full ? pipe->packet : NULL;
}

void fob_pipe_use(struct fob_pipe *pipe)
{
    fob_wipe(pipe->packet, sizeof(pipe->packet));
    pipe->is_full = false;
    fob_controller_accept(pipe->endpoint);
}
