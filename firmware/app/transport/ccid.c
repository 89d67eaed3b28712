/* SPDX-License-Identifier: MIT */
#include "firmware/app/transport/ccid.h"

#include "firmware/app/transport/ccid_reply.h"
#include "src/wipe.h"

#include <string.h>

enum {
    SLOT_AT = 5,
    LEVEL_AT = 8,
    WAIT_MS = 400, /* well within the shortest time-out of readers */
    GAP_MS = 500,  /* within which a message goes on */
};

/* T=1 as a USB card: interface bytes, then "fob" as historical ones. */
static const uint8_t ccid_atr[] = {0x3b, 0xf3, 0x13, 0x00, 0x00, 0x81, 0x31,
                                   0xfe, 0x15, 0x66, 0x6f, 0x62, 0xd0};
/* The same as abProtocolDataStructure, behind bProtocolNum. */
static const uint8_t ccid_parameters[] = {0x13, 0x10, 0x00, 0x15,
                                          0x00, 0xfe, 0x00};
enum { PROTOCOL_T1 = 1 };

void fob_ccid_init(struct fob_ccid *ccid, struct fob_app *app)
{
    fob_wipe(ccid, sizeof(*ccid));
    ccid->app = app;
}

/* --- commands ------------------------------------------------------------*/

static void forget_command(struct fob_ccid *ccid)
{
    fob_app_forget(ccid->app, FOB_INTERFACE_CCID);
    fob_wipe(ccid->apdu, sizeof(ccid->apdu));
    ccid->chained = 0;
    ccid->command = FOB_CCID_NONE;
}

static void power_card(struct fob_ccid *ccid, bool on)
{
    forget_command(ccid);
    ccid->is_powered = on;
    if (on)
        ccid_reply(ccid, CCID_DATA_BLOCK, 0, ccid_atr, sizeof(ccid_atr));
    else
        ccid_reply(ccid, CCID_STATUS_REPLY, 0, NULL, 0);
}

static void reply_parameters(struct fob_ccid *ccid)
{
    ccid_reply(ccid, CCID_PARAMETERS_REPLY, PROTOCOL_T1, ccid_parameters,
               sizeof(ccid_parameters));
}

/* Hand the whole APDU over, unless the other interface has the token. */
static void submit_apdu(struct fob_ccid *ccid)
{
    if (fob_app_submit(ccid->app, FOB_INTERFACE_CCID, ccid->apdu,
                       ccid->chained) != FOB_OK)
        return;
    fob_wipe(ccid->apdu, sizeof(ccid->apdu));
    ccid->command = FOB_CCID_RUNNING;
}

/* Collect a part of an APDU; one that is too long stays so, for the token to
 * refuse. */
static void chain_apdu(struct fob_ccid *ccid, const uint8_t *data, size_t len)
{
    if (ccid->chained > sizeof(ccid->apdu) ||
        len > sizeof(ccid->apdu) - ccid->chained) {
        ccid->chained = sizeof(ccid->apdu) + 1;
        return;
    }
    memcpy(ccid->apdu + ccid->chained, data, len);
    ccid->chained += len;
}

static void transfer_block(struct fob_ccid *ccid, const uint8_t *data,
                           size_t len)
{
    unsigned level = ccid->message[LEVEL_AT];

    if (level > CCID_MIDDLE) {
        ccid_fail(ccid, CCID_BAD_CHAIN);
        return;
    }
    if (level == CCID_WHOLE || level == CCID_BEGIN)
        ccid->chained = 0;
    chain_apdu(ccid, data, len);
    if (level == CCID_BEGIN || level == CCID_MIDDLE) {
        ccid_reply(ccid, CCID_DATA_BLOCK, CCID_GO_ON, NULL, 0);
        return;
    }
    ccid->command = FOB_CCID_QUEUED;
    ccid->sequence = ccid->message[CCID_SEQUENCE_AT];
    ccid->reported_ms = fob_port_clock_ms();
    submit_apdu(ccid);
}

static void abort_transfer(struct fob_ccid *ccid)
{
    fob_ccid_abort(ccid);
    ccid_reply(ccid, CCID_STATUS_REPLY, 0, NULL, 0);
}

static void dispatch_message(struct fob_ccid *ccid, const uint8_t *data,
                             size_t len)
{
    switch (ccid->message[0]) {
    case CCID_POWER_ON:
    case CCID_POWER_OFF:
        power_card(ccid, ccid->message[0] == CCID_POWER_ON);
        break;
    case CCID_SLOT_STATUS:
        ccid_reply(ccid, CCID_STATUS_REPLY, 0, NULL, 0);
        break;
    case CCID_TRANSFER:
        if (ccid->is_powered)
            transfer_block(ccid, data, len);
        else
            ccid_fail(ccid, CCID_MUTE);
        break;
    case CCID_SET_PARAMETERS:
    case CCID_GET_PARAMETERS:
    case CCID_RESET_PARAMETERS:
        reply_parameters(ccid);
        break;
    default:
        ccid_fail(ccid, CCID_BAD_COMMAND);
        break;
    }
}

/* --- packets in ----------------------------------------------------------*/

static void forget_message(struct fob_ccid *ccid)
{
    fob_wipe(ccid->message, sizeof(ccid->message));
    ccid->have = 0;
    ccid->skip = 0;
    ccid->is_draining = false;
}

static void take_message(struct fob_ccid *ccid)
{
    size_t data_len = ccid->have - FOB_CCID_HEAD;

    if (ccid->message[SLOT_AT] != 0)
        ccid_fail(ccid, CCID_BAD_SLOT);
    else if (ccid->message[0] == CCID_ABORT)
        abort_transfer(ccid);
    else if (ccid->command != FOB_CCID_NONE &&
             ccid->message[0] == CCID_TRANSFER)
        ccid_fail(ccid, CCID_BUSY);
    else
        dispatch_message(ccid, ccid->message + FOB_CCID_HEAD, data_len);
    forget_message(ccid);
}

static void refuse_message(struct fob_ccid *ccid)
{
    ccid_fail(ccid, CCID_BAD_LENGTH);
    forget_message(ccid);
}

/* dwLength, little-endian. */
static uint32_t data_len_of(const struct fob_ccid *ccid)
{
    const uint8_t *at = ccid->message + 1;

    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static size_t take_up_to(struct fob_ccid *ccid, const uint8_t *bytes,
                         size_t len, size_t wanted)
{
    size_t part = wanted - ccid->have;

    if (part > len)
        part = len;
    memcpy(ccid->message + ccid->have, bytes, part);
    ccid->have += part;
    return part;
}

/* One that is too long is refused when all of it has gone by. */
static size_t pass_over(struct fob_ccid *ccid, size_t len)
{
    size_t part = len < ccid->skip ? len : ccid->skip;

    ccid->skip -= (uint32_t)part;
    if (ccid->skip == 0)
        refuse_message(ccid);
    return part;
}

/* The head first, then the data it announces; how many bytes the message
 * took of these. */
static size_t take_some(struct fob_ccid *ccid, const uint8_t *bytes, size_t len)
{
    size_t taken = 0;

    if (ccid->have < FOB_CCID_HEAD)
        taken = take_up_to(ccid, bytes, len, FOB_CCID_HEAD);
    if (ccid->have < FOB_CCID_HEAD)
        return taken;
    if (ccid->skip == 0 && data_len_of(ccid) > FOB_APP_COMMAND_MAX)
        ccid->skip = data_len_of(ccid);
    if (ccid->skip > 0)
        return taken + pass_over(ccid, len - taken);
    taken += take_up_to(ccid, bytes + taken, len - taken,
                        FOB_CCID_HEAD + data_len_of(ccid));
    if (ccid->have == FOB_CCID_HEAD + data_len_of(ccid))
        take_message(ccid);
    return taken;
}

/* A message that is not whole by now never will be. */
static void end_transfer(struct fob_ccid *ccid)
{
    if (ccid->have >= FOB_CCID_HEAD)
        refuse_message(ccid);
    else
        forget_message(ccid);
}

bool fob_ccid_is_ready(const struct fob_ccid *ccid)
{
    return ccid->reply_len == 0;
}

static bool is_late(const struct fob_ccid *ccid)
{
    return (ccid->have > 0 || ccid->is_draining) &&
           fob_port_clock_ms() - ccid->received_ms >= GAP_MS;
}

void fob_ccid_take(struct fob_ccid *ccid, const uint8_t *packet, size_t len)
{
    size_t taken = 0;

    if (is_late(ccid))
        forget_message(ccid);
    ccid->received_ms = fob_port_clock_ms();
    if (!ccid->is_draining && len > 0)
        taken = take_some(ccid, packet, len);
    if (len < FOB_CCID_PACKET)
        end_transfer(ccid);
    else if (taken < len)
        ccid->is_draining = true;
}

/* --- messages out --------------------------------------------------------*/

static void collect_reply(struct fob_ccid *ccid)
{
    size_t len = fob_app_collect(ccid->app, FOB_INTERFACE_CCID,
                                 ccid->reply + FOB_CCID_HEAD);

    ccid->command = FOB_CCID_NONE;
    ccid_reply_to(ccid, ccid->sequence, CCID_DATA_BLOCK, CCID_DONE, CCID_WHOLE,
                  len);
}

/* Ask for one more of the card's waiting times. */
static void ask_for_time(struct fob_ccid *ccid)
{
    uint64_t now_ms = fob_port_clock_ms();

    if (now_ms - ccid->reported_ms < WAIT_MS)
        return;
    ccid->reported_ms = now_ms;
    ccid_reply_to(ccid, ccid->sequence, CCID_DATA_BLOCK, CCID_WAIT | 1u << 8, 0,
                  0);
}

/* The reply came, and nobody fetched it. */
static void lose_reply(struct fob_ccid *ccid)
{
    ccid->command = FOB_CCID_NONE;
    ccid_reply_to(ccid, ccid->sequence, CCID_DATA_BLOCK,
                  CCID_FAILED | CCID_MUTE << 8, 0, 0);
}

static void follow_token(struct fob_ccid *ccid)
{
    enum fob_progress progress;

    if (ccid->command == FOB_CCID_NONE)
        return;
    if (ccid->command == FOB_CCID_QUEUED)
        submit_apdu(ccid);
    progress = fob_app_progress(ccid->app, FOB_INTERFACE_CCID);
    if (progress == FOB_DONE)
        collect_reply(ccid);
    else if (progress == FOB_IDLE && ccid->command == FOB_CCID_RUNNING)
        lose_reply(ccid);
    else
        ask_for_time(ccid);
}

const uint8_t *fob_ccid_next(struct fob_ccid *ccid, size_t *len)
{
    if (ccid->reply_len == 0)
        follow_token(ccid);
    *len = ccid->reply_len;
    return ccid->reply_len > 0 ? ccid->reply : NULL;
}

void fob_ccid_sent(struct fob_ccid *ccid)
{
    fob_wipe(ccid->reply, sizeof(ccid->reply));
    ccid->reply_len = 0;
}

void fob_ccid_abort(struct fob_ccid *ccid)
{
    fob_app_cancel(ccid->app, FOB_INTERFACE_CCID);
}
