/* SPDX-License-Identifier: MIT */
#include "firmware/app/transport/hid.h"

#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

_Static_assert(FOB_TOKEN_REPLY_MAX <= FOB_TOKEN_COMMAND_MAX,
               "one buffer serves both directions");

enum {
    REPORT_GAP_MS = 500, /* the rest of a message must follow within this */
    KEEPALIVE_MS = 100,
    PROTOCOL = 1,
    CAN_WINK = 0x01,
};

void fob_hid_init(struct fob_hid_face *face, struct fob_token *token)
{
    fob_wipe(face, sizeof *face);
    face->token = token;
    fob_frame_receiver_init(&face->receiver, face->message,
                            sizeof face->message);
}

/* --- answers -------------------------------------------------------------*/

/* An answer of one report goes at once, also while a message is under way. */
static void notify(struct fob_hid_face *face, uint32_t channel,
                   enum fob_frame_command command, const void *data, size_t len)
{
    struct fob_frame_sender sender;

    fob_frame_send(&sender, channel, command, data, len);
    face->notice = fob_frame_next(&sender, face->report);
}

static void refuse(struct fob_hid_face *face, uint32_t channel,
                   enum fob_frame_fault fault)
{
    uint8_t byte = (uint8_t)fault;

    notify(face, channel, FOB_FRAME_ERROR, &byte, 1);
}

static void send_message(struct fob_hid_face *face,
                         enum fob_frame_command command, size_t len)
{
    fob_frame_send(&face->sender, face->channel, command, face->message, len);
    face->sending = true;
}

/* --- commands ------------------------------------------------------------*/

/* Drop whatever is under way. */
static void abandon(struct fob_hid_face *face)
{
    fob_token_forget(face->token, FOB_FACE_HID);
    face->receiver.busy = false;
    face->sending = false;
    face->pending = false;
    fob_wipe(face->message, sizeof face->message);
}

static bool is_handed_out(const struct fob_hid_face *face, uint32_t channel)
{
    return channel != 0 && channel <= face->last_channel;
}

/* INIT on the broadcast channel hands out a channel; on a channel it brings
 * that one back into step.  It is one report and answered at any time. */
static void take_init(struct fob_hid_face *face, uint32_t channel,
                      const uint8_t *report)
{
    static const uint8_t facts[5] = {PROTOCOL, 0, 0, 0, CAN_WINK};
    uint8_t answer[FOB_FRAME_INIT_REPLY];
    struct fob_writer writer;
    uint32_t given = channel;

    if (channel != FOB_FRAME_BROADCAST && !is_handed_out(face, channel)) {
        refuse(face, channel, FOB_FRAME_BAD_CHANNEL);
        return;
    }
    if (channel == FOB_FRAME_BROADCAST)
        given = ++face->last_channel;
    else if (channel == face->channel)
        abandon(face);
    fob_writer_init(&writer, answer, sizeof answer);
    fob_put_bytes(&writer, report + FOB_FRAME_REPORT - FOB_FRAME_FIRST_DATA,
                  FOB_FRAME_NONCE);
    fob_put_u32(&writer, given);
    fob_put_bytes(&writer, facts, sizeof facts);
    notify(face, channel, FOB_FRAME_INIT, answer, writer.len);
}

/* A session belongs to a channel: another program starts with none. */
static void enter(struct fob_hid_face *face, uint32_t channel)
{
    if (channel != face->channel)
        fob_token_forget(face->token, FOB_FACE_HID);
    face->channel = channel;
}

static void submit(struct fob_hid_face *face)
{
    if (fob_token_submit(face->token, FOB_FACE_HID, face->message,
                         face->receiver.len) != FOB_OK) {
        refuse(face, face->channel, FOB_FRAME_BUSY);
        return;
    }
    fob_wipe(face->message, sizeof face->message);
    face->pending = true;
    face->told = FOB_WORKING;
    face->told_ms = fob_port_clock_ms();
}

static void wink(struct fob_hid_face *face)
{
    fob_token_identify(face->token);
    send_message(face, FOB_FRAME_WINK, 0);
}

static void dispatch(struct fob_hid_face *face)
{
    switch (face->receiver.command) {
    case FOB_FRAME_APDU:
        submit(face);
        break;
    case FOB_FRAME_PING:
        send_message(face, FOB_FRAME_PING, face->receiver.len);
        break;
    case FOB_FRAME_WINK:
        wink(face);
        break;
    default:
        refuse(face, face->channel, FOB_FRAME_BAD_COMMAND);
        break;
    }
}

bool fob_hid_is_ready(const struct fob_hid_face *face)
{
    return !face->notice;
}

/* --- reports in ----------------------------------------------------------*/

static bool is_busy(const struct fob_hid_face *face)
{
    return face->pending || face->sending || face->receiver.busy;
}

static void take_part(struct fob_hid_face *face, const uint8_t *report)
{
    face->received_ms = fob_port_clock_ms();
    switch (fob_frame_take(&face->receiver, report)) {
    case FOB_OK:
        dispatch(face);
        break;
    case FOB_E_TOO_LONG:
        refuse(face, face->channel, FOB_FRAME_BAD_LENGTH);
        break;
    case FOB_E_SYNTAX:
        refuse(face, face->channel, FOB_FRAME_BAD_SEQUENCE);
        break;
    default:
        break;
    }
}

/* Begin a message, unless one is under way: on the same channel that is out
 * of step, on another one has to wait. */
static void take_first(struct fob_hid_face *face, uint32_t channel,
                       const uint8_t *report)
{
    if (!is_handed_out(face, channel)) {
        refuse(face, channel, FOB_FRAME_BAD_CHANNEL);
    } else if (is_busy(face)) {
        refuse(face, channel,
               channel == face->channel && face->receiver.busy
                   ? FOB_FRAME_BAD_SEQUENCE
                   : FOB_FRAME_BUSY);
        if (channel == face->channel)
            face->receiver.busy = false;
    } else {
        enter(face, channel);
        take_part(face, report);
    }
}

void fob_hid_take(struct fob_hid_face *face,
                  const uint8_t report[static FOB_FRAME_REPORT])
{
    uint32_t channel = fob_frame_channel(report);
    uint8_t command;

    if (!fob_frame_is_first(report, &command)) {
        if (face->receiver.busy)
            take_part(face, report);
    } else if (command == FOB_FRAME_INIT) {
        take_init(face, channel, report);
    } else if (command == FOB_FRAME_CANCEL) {
        if (channel == face->channel)
            fob_token_cancel(face->token, FOB_FACE_HID);
    } else {
        take_first(face, channel, report);
    }
}

/* --- reports out ---------------------------------------------------------*/

static void collect(struct fob_hid_face *face)
{
    size_t len = fob_token_collect(face->token, FOB_FACE_HID, face->message);

    face->pending = false;
    send_message(face, FOB_FRAME_APDU, len);
}

/* Say what the wait is for, when that changes and then ten times a second. */
static void keep_alive(struct fob_hid_face *face, enum fob_progress progress)
{
    uint64_t now_ms = fob_port_clock_ms();
    uint8_t why = progress == FOB_TOUCH ? FOB_FRAME_TOUCH : FOB_FRAME_WORKING;

    if (progress == face->told && now_ms - face->told_ms < KEEPALIVE_MS)
        return;
    face->told = progress;
    face->told_ms = now_ms;
    notify(face, face->channel, FOB_FRAME_KEEPALIVE, &why, 1);
}

static void give_up_late(struct fob_hid_face *face)
{
    if (!face->receiver.busy ||
        fob_port_clock_ms() - face->received_ms < REPORT_GAP_MS)
        return;
    face->receiver.busy = false;
    refuse(face, face->channel, FOB_FRAME_TIMED_OUT);
}

static void follow_token(struct fob_hid_face *face)
{
    enum fob_progress progress = fob_token_progress(face->token, FOB_FACE_HID);

    if (!face->pending)
        return;
    if (progress == FOB_DONE)
        collect(face);
    else
        keep_alive(face, progress);
}

bool fob_hid_next(struct fob_hid_face *face,
                  uint8_t report[static FOB_FRAME_REPORT])
{
    if (!face->notice) {
        give_up_late(face);
        follow_token(face);
    }
    if (face->notice) {
        memcpy(report, face->report, FOB_FRAME_REPORT);
        face->notice = false;
        return true;
    }
    if (!face->sending || !fob_frame_next(&face->sender, report))
        return false;
    face->sending = face->sender.sent < face->sender.len;
    if (!face->sending)
        fob_wipe(face->message, sizeof face->message);
    return true;
}
