/* SPDX-License-Identifier: MIT */
/*
 * Two-way traffic of one endpoint number: transfers of any length to the
 * host, cut into packets, and packets from it, held until somebody has used
 * them up, so that the host is made to wait rather than lose anything.
 */
#ifndef FOB_FIRMWARE_USB_PIPE_H
#define FOB_FIRMWARE_USB_PIPE_H

#include "firmware/usb/controller.h"

#include <stdbool.h>

struct fob_pipe {
    bool is_open;
    uint8_t endpoint;
    enum fob_usb_transfer transfer;
    bool sending;
    bool has_ended;      /* the packet that is armed ends the transfer */
    const uint8_t *data; /* what is left to arm */
    size_t left;
    bool is_full; /* a packet waits in `packet` */
    size_t packet_len;
    uint8_t packet[FOB_USB_PACKET];
};

void fob_pipe_open(struct fob_pipe *pipe, uint8_t endpoint,
                   enum fob_usb_transfer transfer);
void fob_pipe_close(struct fob_pipe *pipe);

/* Whether a transfer can be started: the pipe is open and the last one done. */
bool fob_pipe_is_free(const struct fob_pipe *pipe);

/* Start a transfer of a free pipe; `data` stays the caller's, unchanged until
 * the pipe is free again. */
void fob_pipe_send(struct fob_pipe *pipe, const void *data, size_t len);

/* The packet that waits, which may be empty, or NULL. */
const uint8_t *fob_pipe_received(const struct fob_pipe *pipe, size_t *len);

/* Be done with it: the next one may come. */
void fob_pipe_use(struct fob_pipe *pipe);

/* What the controller told. */
void fob_pipe_on_sent(struct fob_pipe *pipe);
void fob_pipe_on_received(struct fob_pipe *pipe);

#endif
