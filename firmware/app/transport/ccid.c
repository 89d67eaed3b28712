/* SPDX-License-Identifier: MIT */
#include "firmware/app/transport/ccid.h"

#include "firmware/app/transport/ccid_reply.h"
#include "src/wipe.h"

#include <string.h>

enum {
    SLOT_AT = 5,
    LEVEL_AT = 8,
    WAIT_MS = 400, /* well within the shortest patience of readers */
};

/* T=1 as a USB card: interface bytes, then "fob" as historical ones. */
static const uint8_t ccid_atr[] = {0x3b, 0xf3, 0x13, 0x00, 0x00, 0x81, 0x31,
                                   0xfe, 0x15, 0x66, 0x6f, 0x62, 0xd0};
/* The same as abProtocolDataStructure, behind bProtocolNum. */
static const uint8_t ccid_parameters[] = {0x13, 0x10, 0x00, 0x15,
                                          0x00, 0xfe, 0x00};
enum { PROTOCOL_T1 = 1 };

void fob_ccid_init(struct fob_ccid_face *face, struct fob_token *token)
{
    fob_wipe(face, sizeof *face);
    face->token = token;
}

/* --- commands ------------------------------------------------------------*/

static void forget(struct fob_ccid_face *face)
{
    fob_token_forget(face->token, FOB_FACE_CCID);
    fob_wipe(face->apdu, sizeof face->apdu);
    face->chained = 0;
    face->command = FOB_CCID_NONE;
}

static void power(struct fob_ccid_face *face, bool on)
{
    forget(face);
    face->powered = on;
    if (on)
        ccid_reply(face, CCID_DATA_BLOCK, 0, ccid_atr, sizeof ccid_atr);
    else
        ccid_reply(face, CCID_STATUS_REPLY, 0, NULL, 0);
}

static void reply_parameters(struct fob_ccid_face *face)
{
    ccid_reply(face, CCID_PARAMETERS_REPLY, PROTOCOL_T1, ccid_parameters,
               sizeof ccid_parameters);
}

/* Hand the whole APDU over, unless the other face has the token. */
static void submit(struct fob_ccid_face *face)
{
    if (fob_token_submit(face->token, FOB_FACE_CCID, face->apdu,
                         face->chained) != FOB_OK)
        return;
    fob_wipe(face->apdu, sizeof face->apdu);
    face->command = FOB_CCID_RUNNING;
}

/* Collect a part of an APDU; one that is too long stays so, for the token to
 * refuse. */
static void chain(struct fob_ccid_face *face, const uint8_t *data, size_t len)
{
    if (face->chained > sizeof face->apdu ||
        len > sizeof face->apdu - face->chained) {
        face->chained = sizeof face->apdu + 1;
        return;
    }
    memcpy(face->apdu + face->chained, data, len);
    face->chained += len;
}

static void transfer(struct fob_ccid_face *face, const uint8_t *data,
                     size_t len)
{
    unsigned level = face->message[LEVEL_AT];

    if (level > CCID_MIDDLE) {
        ccid_fail(face, CCID_BAD_CHAIN);
        return;
    }
    if (level == CCID_WHOLE || level == CCID_BEGIN)
        face->chained = 0;
    chain(face, data, len);
    if (level == CCID_BEGIN || level == CCID_MIDDLE) {
        ccid_reply(face, CCID_DATA_BLOCK, CCID_GO_ON, NULL, 0);
        return;
    }
    face->command = FOB_CCID_QUEUED;
    face->sequence = face->message[CCID_SEQUENCE_AT];
    face->told_ms = fob_port_clock_ms();
    submit(face);
}

static void abort_transfer(struct fob_ccid_face *face)
{
    fob_ccid_abort(face);
    ccid_reply(face, CCID_STATUS_REPLY, 0, NULL, 0);
}

static void dispatch(struct fob_ccid_face *face, const uint8_t *data,
                     size_t len)
{
    switch (face->message[0]) {
    case CCID_POWER_ON:
    case CCID_POWER_OFF:
        power(face, face->message[0] == CCID_POWER_ON);
        break;
    case CCID_SLOT_STATUS:
        ccid_reply(face, CCID_STATUS_REPLY, 0, NULL, 0);
        break;
    case CCID_TRANSFER:
        if (face->powered)
            transfer(face, data, len);
        else
            ccid_fail(face, CCID_MUTE);
        break;
    case CCID_SET_PARAMETERS:
    case CCID_GET_PARAMETERS:
    case CCID_RESET_PARAMETERS:
        reply_parameters(face);
        break;
    default:
        ccid_fail(face, CCID_BAD_COMMAND);
        break;
    }
}

/* --- bytes in ------------------------------------------------------------*/

static void take_message(struct fob_ccid_face *face, size_t data_len)
{
    face->have = 0;
    if (face->message[SLOT_AT] != 0)
        ccid_fail(face, CCID_BAD_SLOT);
    else if (face->message[0] == CCID_ABORT)
        abort_transfer(face);
    else if (face->command != FOB_CCID_NONE &&
             face->message[0] == CCID_TRANSFER)
        ccid_fail(face, CCID_BUSY);
    else
        dispatch(face, face->message + FOB_CCID_HEAD, data_len);
    fob_wipe(face->message, sizeof face->message);
}

/* dwLength, little-endian. */
static uint32_t data_len_of(const struct fob_ccid_face *face)
{
    const uint8_t *at = face->message + 1;

    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static size_t take_up_to(struct fob_ccid_face *face, const uint8_t *bytes,
                         size_t len, size_t wanted)
{
    size_t part = wanted - face->have;

    if (part > len)
        part = len;
    memcpy(face->message + face->have, bytes, part);
    face->have += part;
    return part;
}

/* The head first, then the data it announces. */
static size_t take_some(struct fob_ccid_face *face, const uint8_t *bytes,
                        size_t len)
{
    size_t taken = 0;
    uint32_t data_len;

    if (face->have < FOB_CCID_HEAD)
        taken = take_up_to(face, bytes, len, FOB_CCID_HEAD);
    if (face->have < FOB_CCID_HEAD)
        return taken;
    data_len = data_len_of(face);
    if (data_len > FOB_TOKEN_COMMAND_MAX) {
        ccid_fail(face, CCID_BAD_LENGTH);
        face->have = 0;
        face->skip = data_len;
        return taken;
    }
    taken +=
        take_up_to(face, bytes + taken, len - taken, FOB_CCID_HEAD + data_len);
    if (face->have == FOB_CCID_HEAD + data_len)
        take_message(face, data_len);
    return taken;
}

bool fob_ccid_is_ready(const struct fob_ccid_face *face)
{
    return face->reply_len == 0;
}

size_t fob_ccid_take(struct fob_ccid_face *face, const uint8_t *bytes,
                     size_t len)
{
    size_t taken = 0;

    while (taken < len && fob_ccid_is_ready(face)) {
        if (face->skip > 0) {
            face->skip--;
            taken++;
        } else {
            taken += take_some(face, bytes + taken, len - taken);
        }
    }
    return taken;
}

/* --- messages out --------------------------------------------------------*/

static void collect(struct fob_ccid_face *face)
{
    size_t len = fob_token_collect(face->token, FOB_FACE_CCID,
                                   face->reply + FOB_CCID_HEAD);

    face->command = FOB_CCID_NONE;
    ccid_reply_to(face, face->sequence, CCID_DATA_BLOCK, CCID_DONE, CCID_WHOLE,
                  len);
}

/* Ask for one more of the card's waiting times. */
static void ask_for_time(struct fob_ccid_face *face)
{
    uint64_t now_ms = fob_port_clock_ms();

    if (now_ms - face->told_ms < WAIT_MS)
        return;
    face->told_ms = now_ms;
    ccid_reply_to(face, face->sequence, CCID_DATA_BLOCK, CCID_WAIT | 1u << 8, 0,
                  0);
}

static void follow_token(struct fob_ccid_face *face)
{
    if (face->command == FOB_CCID_NONE)
        return;
    if (face->command == FOB_CCID_QUEUED)
        submit(face);
    if (fob_token_progress(face->token, FOB_FACE_CCID) == FOB_DONE)
        collect(face);
    else
        ask_for_time(face);
}

const uint8_t *fob_ccid_next(struct fob_ccid_face *face, size_t *len)
{
    if (face->reply_len == 0)
        follow_token(face);
    *len = face->reply_len;
    return face->reply_len > 0 ? face->reply : NULL;
}

void fob_ccid_sent(struct fob_ccid_face *face)
{
    fob_wipe(face->reply, sizeof face->reply);
    face->reply_len = 0;
}

void fob_ccid_abort(struct fob_ccid_face *face)
{
    fob_token_cancel(face->token, FOB_FACE_CCID);
}
