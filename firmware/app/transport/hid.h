/* SPDX-License-Identifier: MIT */
/*
 * The HID interface: reports of 64 bytes in and out, channels for the programs
 * of one host, and the token behind them.  Whoever moves the reports - a USB
 * endpoint, a socket - calls fob_hid_take for each that arrives,
 * once the interface is ready for it, and fob_hid_next whenever it can send
 * one.
 */
#ifndef FOB_FIRMWARE_APP_TRANSPORT_HID_H
#define FOB_FIRMWARE_APP_TRANSPORT_HID_H

#include "firmware/app/app.h"
#include "firmware/app/transport/hid_channels.h"
#include "src/frame.h"

struct fob_hid {
    struct fob_app *app;
    struct fob_frame_receiver receiver;
    struct fob_frame_sender sender;
    bool sending;
    bool is_pending;      /* the token works on this interface's command */
    bool is_session_over; /* what the last channel's client established */
    uint8_t strays;       /* reports on no channel, of late */
    uint32_t channel;     /* whose command, or last command, it is */
    struct hid_channels channels;
    uint64_t begun_ms;          /* when the message's first report came */
    uint64_t reported_ms;       /* when the host was last told to wait */
    enum fob_progress reported; /* and for what */
    bool has_notice;            /* a one-report answer waits in `report` */
    uint8_t report[FOB_FRAME_REPORT];
    uint8_t message[FOB_APP_COMMAND_MAX];
};

void fob_hid_init(struct fob_hid *hid, struct fob_app *app);

/* Whether a report can be taken; one that comes earlier has to wait. */
bool fob_hid_is_ready(const struct fob_hid *hid);

/* Take a report from the host. */
void fob_hid_take(struct fob_hid *hid,
                  const uint8_t report[static FOB_FRAME_REPORT]);

/* Fill the next report for the host; false when there is none now. */
FOB_MUST_CHECK bool fob_hid_next(struct fob_hid *hid,
                                 uint8_t report[static FOB_FRAME_REPORT]);

#endif
