/* SPDX-License-Identifier: MIT */
#include "ccid_face.h"

#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

/* USB CCID 1.1, sections 6.1 and 6.2. */
enum ccid_message {
    CCID_SET_PARAMETERS = 0x61,
    CCID_POWER_ON = 0x62,
    CCID_POWER_OFF = 0x63,
    CCID_SLOT_STATUS = 0x65,
    CCID_GET_PARAMETERS = 0x6c,
    CCID_RESET_PARAMETERS = 0x6d,
    CCID_TRANSFER = 0x6f,
    CCID_ABORT = 0x72,
    CCID_DATA_BLOCK = 0x80,
    CCID_STATUS_REPLY = 0x81,
    CCID_PARAMETERS_REPLY = 0x82,
};

/* bError: the offset of a bad field, or one of section 6.2.6. */
enum ccid_error {
    CCID_NO_ERROR = 0x00,
    CCID_BAD_COMMAND = 0x00,
    CCID_BAD_LENGTH = 0x01,
    CCID_BAD_SLOT = 0x05,
    CCID_BAD_CHAIN = 0x08,
    CCID_MUTE = 0xfe,
    CCID_BUSY = 0xe0,
};

enum ccid_status { CCID_DONE = 0x00, CCID_FAILED = 0x40, CCID_WAIT = 0x80 };

/* wLevelParameter and bChainParameter: what is still to come. */
enum ccid_chain {
    CCID_WHOLE = 0x00,
    CCID_BEGIN = 0x01,
    CCID_END = 0x02,
    CCID_MIDDLE = 0x03,
    CCID_GO_ON = 0x10,
};

enum {
    SLOT_AT = 5,
    SEQUENCE_AT = 6,
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

/* --- answers -------------------------------------------------------------*/

/* The head of an answer to the message with this sequence number; its data
 * stands behind it already. */
static void reply_to(struct fob_ccid_face *face, uint8_t sequence,
                     enum ccid_message type, unsigned status, unsigned last,
                     size_t data_len)
{
    struct fob_writer writer;

    fob_writer_init(&writer, face->reply, FOB_CCID_HEAD);
    fob_put_u8(&writer, (uint8_t)type);
    fob_put_u8(&writer, (uint8_t)data_len);
    fob_put_u8(&writer, (uint8_t)(data_len >> 8));
    fob_put_u16(&writer, 0);
    fob_put_u8(&writer, 0);
    fob_put_u8(&writer, sequence);
    fob_put_u8(&writer, (uint8_t)((status & 0xff) | !face->powered));
    fob_put_u8(&writer, (uint8_t)(status >> 8));
    fob_put_u8(&writer, (uint8_t)last);
    face->reply_len = FOB_CCID_HEAD + data_len;
}

static void reply(struct fob_ccid_face *face, enum ccid_message type,
                  unsigned last, const void *data, size_t len)
{
    if (len > 0)
        memcpy(face->reply + FOB_CCID_HEAD, data, len);
    reply_to(face, face->message[SEQUENCE_AT], type, CCID_DONE, last, len);
}

static void fail(struct fob_ccid_face *face, enum ccid_error error)
{
    uint8_t asked = face->message[0];
    enum ccid_message type = CCID_STATUS_REPLY;

    if (asked == CCID_TRANSFER || asked == CCID_POWER_ON)
        type = CCID_DATA_BLOCK;
    else if (asked == CCID_SET_PARAMETERS || asked == CCID_GET_PARAMETERS ||
             asked == CCID_RESET_PARAMETERS)
        type = CCID_PARAMETERS_REPLY;
    reply_to(face, face->message[SEQUENCE_AT], type,
             CCID_FAILED | (unsigned)error << 8, 0, 0);
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
        reply(face, CCID_DATA_BLOCK, 0, ccid_atr, sizeof ccid_atr);
    else
        reply(face, CCID_STATUS_REPLY, 0, NULL, 0);
}

static void reply_parameters(struct fob_ccid_face *face)
{
    reply(face, CCID_PARAMETERS_REPLY, PROTOCOL_T1, ccid_parameters,
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
        fail(face, CCID_BAD_CHAIN);
        return;
    }
    if (level == CCID_WHOLE || level == CCID_BEGIN)
        face->chained = 0;
    chain(face, data, len);
    if (level == CCID_BEGIN || level == CCID_MIDDLE) {
        reply(face, CCID_DATA_BLOCK, CCID_GO_ON, NULL, 0);
        return;
    }
    face->command = FOB_CCID_QUEUED;
    face->sequence = face->message[SEQUENCE_AT];
    face->told_ms = fob_port_clock_ms();
    submit(face);
}

static void abort_transfer(struct fob_ccid_face *face)
{
    fob_ccid_abort(face);
    reply(face, CCID_STATUS_REPLY, 0, NULL, 0);
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
        reply(face, CCID_STATUS_REPLY, 0, NULL, 0);
        break;
    case CCID_TRANSFER:
        if (face->powered)
            transfer(face, data, len);
        else
            fail(face, CCID_MUTE);
        break;
    case CCID_SET_PARAMETERS:
    case CCID_GET_PARAMETERS:
    case CCID_RESET_PARAMETERS:
        reply_parameters(face);
        break;
    default:
        fail(face, CCID_BAD_COMMAND);
        break;
    }
}

/* --- bytes in ------------------------------------------------------------*/

static void take_message(struct fob_ccid_face *face, size_t data_len)
{
    face->have = 0;
    if (face->message[SLOT_AT] != 0)
        fail(face, CCID_BAD_SLOT);
    else if (face->message[0] == CCID_ABORT)
        abort_transfer(face);
    else if (face->command != FOB_CCID_NONE &&
             face->message[0] == CCID_TRANSFER)
        fail(face, CCID_BUSY);
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
        fail(face, CCID_BAD_LENGTH);
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
    reply_to(face, face->sequence, CCID_DATA_BLOCK, CCID_DONE, CCID_WHOLE, len);
}

/* Ask for one more of the card's waiting times. */
static void ask_for_time(struct fob_ccid_face *face)
{
    uint64_t now_ms = fob_port_clock_ms();

    if (now_ms - face->told_ms < WAIT_MS)
        return;
    face->told_ms = now_ms;
    reply_to(face, face->sequence, CCID_DATA_BLOCK, CCID_WAIT | 1u << 8, 0, 0);
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
