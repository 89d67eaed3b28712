/* SPDX-License-Identifier: MIT */
#include "firmware/app/transport/hid.h"

#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

_Static_assert(FOB_APP_REPLY_MAX <= FOB_APP_COMMAND_MAX,
               "one buffer serves both directions");

enum {
    WHOLE_MS = 500, /* a message is whole within this, whoever sends parts */
    KEEPALIVE_MS = 100,
    PROTOCOL = 1,
    CAN_WINK = 0x01,
    STRAYS_MAX = 64, /* reports on no channel that end what was established */
};

void fob_hid_init(struct fob_hid *hid, struct fob_app *app)
{
    fob_wipe(hid, sizeof(*hid));
    hid->app = app;
    fob_frame_receiver_init(&hid->receiver, hid->message, sizeof(hid->message));
}

/* --- answers -------------------------------------------------------------*/

/* An answer of one report goes at once, also while a message is under way. */
static void send_notice(struct fob_hid *hid, uint32_t channel,
                        enum fob_frame_command command, const void *data,
                        size_t len)
{
    struct fob_frame_sender sender;

    fob_frame_send(&sender, channel, command, data, len);
    hid->has_notice = fob_frame_next(&sender, hid->report);
}

static void send_error(struct fob_hid *hid, uint32_t channel,
                       enum fob_frame_fault fault)
{
    uint8_t byte = (uint8_t)fault;

    send_notice(hid, channel, FOB_FRAME_ERROR, &byte, 1);
}

static void send_message(struct fob_hid *hid, enum fob_frame_command command,
                         size_t len)
{
    fob_frame_send(&hid->sender, hid->channel, command, hid->message, len);
    hid->sending = true;
}

/* --- commands ------------------------------------------------------------*/

/* Drop whatever is under way. */
static void abandon_message(struct fob_hid *hid)
{
    fob_app_forget(hid->app, FOB_INTERFACE_HID);
    hid->receiver.busy = false;
    hid->sending = false;
    hid->is_pending = false;
    fob_wipe(hid->message, sizeof(hid->message));
}

static bool is_busy(const struct fob_hid *hid)
{
    return hid->is_pending || hid->sending || hid->receiver.busy;
}

static bool is_handed_out(const struct fob_hid *hid, uint32_t channel)
{
    return hid_channels_find(&hid->channels, channel) < FOB_HID_CHANNELS;
}

/* One with a message under way is not dropped for it; of one that is, nothing
 * of its client's is left. */
static uint32_t hand_out_channel(struct fob_hid *hid)
{
    uint32_t dropped;
    uint32_t channel = hid_channels_hand_out(
        &hid->channels, hid->app, is_busy(hid) ? hid->channel : 0, &dropped);

    if (dropped == hid->channel)
        hid->is_session_over = true;
    return channel;
}

/* A number of no channel is a program that is out of step, or one that looks
 * for another's: after some of them nobody's session is left to be found. */
static void turn_away(struct fob_hid *hid, uint32_t channel, bool is_told)
{
    if (++hid->strays >= STRAYS_MAX) {
        hid->strays = 0;
        hid->is_session_over = true;
    }
    if (is_told)
        send_error(hid, channel, FOB_FRAME_BAD_CHANNEL);
}

/* INIT on the broadcast channel hands out a channel; on a channel it brings
 * that one back into step.  It is one report and answered at any time. */
static void take_init(struct fob_hid *hid, uint32_t channel,
                      const uint8_t *report)
{
    static const uint8_t facts[5] = {PROTOCOL, 0, 0, 0, CAN_WINK};
    uint8_t answer[FOB_FRAME_INIT_REPLY];
    struct fob_writer writer;
    uint32_t given = channel;

    if (channel == FOB_FRAME_BROADCAST)
        given = hand_out_channel(hid);
    else if (channel == hid->channel)
        abandon_message(hid);
    fob_writer_init(&writer, answer, sizeof(answer));
    fob_put_bytes(&writer, report + FOB_FRAME_REPORT - FOB_FRAME_FIRST_DATA,
                  FOB_FRAME_NONCE);
    fob_put_u32(&writer, given);
    fob_put_bytes(&writer, facts, sizeof(facts));
    send_notice(hid, channel, FOB_FRAME_INIT, answer, writer.len);
}

/* A session belongs to a channel: another program starts with none. */
static void enter_channel(struct fob_hid *hid, uint32_t channel)
{
    if (channel != hid->channel || hid->is_session_over)
        fob_app_forget(hid->app, FOB_INTERFACE_HID);
    hid->is_session_over = false;
    hid->channel = channel;
    hid_channels_use(&hid->channels, channel);
}

static void submit_apdu(struct fob_hid *hid)
{
    if (fob_app_submit(hid->app, FOB_INTERFACE_HID, hid->message,
                       hid->receiver.len) != FOB_OK) {
        send_error(hid, hid->channel, FOB_FRAME_BUSY);
        return;
    }
    fob_wipe(hid->message, sizeof(hid->message));
    hid->is_pending = true;
    hid->reported = FOB_WORKING;
    hid->reported_ms = fob_port_clock_ms();
}

static void wink_led(struct fob_hid *hid)
{
    fob_app_identify(hid->app);
    send_message(hid, FOB_FRAME_WINK, 0);
}

static void dispatch_message(struct fob_hid *hid)
{
    switch (hid->receiver.command) {
    case FOB_FRAME_APDU:
        submit_apdu(hid);
        break;
    case FOB_FRAME_PING:
        send_message(hid, FOB_FRAME_PING, hid->receiver.len);
        break;
    case FOB_FRAME_WINK:
        wink_led(hid);
        break;
    default:
        send_error(hid, hid->channel, FOB_FRAME_BAD_COMMAND);
        break;
    }
}

bool fob_hid_is_ready(const struct fob_hid *hid)
{
    return !hid->has_notice;
}

/* --- reports in ----------------------------------------------------------*/

static void take_part(struct fob_hid *hid, const uint8_t *report)
{
    switch (fob_frame_take(&hid->receiver, report)) {
    case FOB_OK:
        dispatch_message(hid);
        break;
    case FOB_E_TOO_LONG:
        send_error(hid, hid->channel, FOB_FRAME_BAD_LENGTH);
        break;
    case FOB_E_SYNTAX:
        send_error(hid, hid->channel, FOB_FRAME_BAD_SEQUENCE);
        break;
    default:
        break;
    }
}

/* Begin a message, unless one is under way: on the same channel that is out
 * of step, on another one has to wait. */
static void take_first(struct fob_hid *hid, uint32_t channel,
                       const uint8_t *report)
{
    if (is_busy(hid)) {
        send_error(hid, channel,
                   channel == hid->channel && hid->receiver.busy
                       ? FOB_FRAME_BAD_SEQUENCE
                       : FOB_FRAME_BUSY);
        if (channel == hid->channel)
            hid->receiver.busy = false;
    } else {
        enter_channel(hid, channel);
        hid->begun_ms = fob_port_clock_ms();
        take_part(hid, report);
    }
}

void fob_hid_take(struct fob_hid *hid,
                  const uint8_t report[static FOB_FRAME_REPORT])
{
    uint32_t channel = fob_frame_channel(report);
    uint8_t command = 0;
    bool is_first = fob_frame_is_first(report, &command);
    bool asks_for_channel =
        command == FOB_FRAME_INIT && channel == FOB_FRAME_BROADCAST;

    if (!asks_for_channel && !is_handed_out(hid, channel)) {
        turn_away(hid, channel, is_first && command != FOB_FRAME_CANCEL);
    } else if (!is_first) {
        if (hid->receiver.busy && channel == hid->receiver.channel)
            take_part(hid, report);
    } else if (command == FOB_FRAME_INIT) {
        take_init(hid, channel, report);
    } else if (command == FOB_FRAME_CANCEL) {
        if (channel == hid->channel)
            fob_app_cancel(hid->app, FOB_INTERFACE_HID);
    } else {
        take_first(hid, channel, report);
    }
}

/* --- reports out ---------------------------------------------------------*/

static void collect_reply(struct fob_hid *hid)
{
    size_t len = fob_app_collect(hid->app, FOB_INTERFACE_HID, hid->message);

    hid->is_pending = false;
    send_message(hid, FOB_FRAME_APDU, len);
}

/* Say what the wait is for, when that changes and then ten times a second. */
static void keep_alive(struct fob_hid *hid, enum fob_progress progress)
{
    uint64_t now_ms = fob_port_clock_ms();
    uint8_t why = progress == FOB_TOUCH ? FOB_FRAME_TOUCH : FOB_FRAME_WORKING;

    if (progress == hid->reported && now_ms - hid->reported_ms < KEEPALIVE_MS)
        return;
    hid->reported = progress;
    hid->reported_ms = now_ms;
    send_notice(hid, hid->channel, FOB_FRAME_KEEPALIVE, &why, 1);
}

static void give_up_late(struct fob_hid *hid)
{
    if (!hid->receiver.busy || fob_port_clock_ms() - hid->begun_ms < WHOLE_MS)
        return;
    hid->receiver.busy = false;
    send_error(hid, hid->channel, FOB_FRAME_TIMED_OUT);
}

static void follow_token(struct fob_hid *hid)
{
    enum fob_progress progress = fob_app_progress(hid->app, FOB_INTERFACE_HID);

    if (!hid->is_pending)
        return;
    if (progress == FOB_DONE) {
        collect_reply(hid);
    } else if (progress == FOB_IDLE) {
        hid->is_pending = false;
        send_error(hid, hid->channel, FOB_FRAME_TIMED_OUT);
    } else {
        keep_alive(hid, progress);
    }
}

bool fob_hid_next(struct fob_hid *hid, uint8_t report[static FOB_FRAME_REPORT])
{
    if (!hid->has_notice) {
        give_up_late(hid);
        follow_token(hid);
    }
    if (hid->has_notice) {
        memcpy(report, hid->report, FOB_FRAME_REPORT);
        hid->has_notice = false;
        return true;
    }
    if (!hid->sending || !fob_frame_next(&hid->sender, report))
        return false;
    hid->sending = hid->sender.sent < hid->sender.len;
    if (!hid->sending)
        fob_wipe(hid->message, sizeof(hid->message));
    return true;
}
