/* SPDX-License-Identifier: MIT */
/* The numbers of CCID messages, and the messages that the token sends. */
#ifndef FOB_FIRMWARE_APP_TRANSPORT_CCID_REPLY_H
#define FOB_FIRMWARE_APP_TRANSPORT_CCID_REPLY_H

#include "firmware/app/transport/ccid.h"

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

/* bError: the offset of a bad field, or one of CCID 1.1 section 6.2.6. */
enum ccid_error {
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
    CCID_MIDDLE = 0x03,
    CCID_GO_ON = 0x10,
};

enum { CCID_SEQUENCE_AT = 6 };

/* Make the head of an answer to the message with this sequence number; its
 * data stands behind it already.  `status` is bStatus, with bError above it,
 * without the state of the card; `last` is the last byte of the head. */
void ccid_reply_to(struct fob_ccid *ccid, uint8_t sequence,
                   enum ccid_message type, unsigned status, unsigned last,
                   size_t data_len);

/* Answer the message that has just come in. */
void ccid_reply(struct fob_ccid *ccid, enum ccid_message type, unsigned last,
                const void *data, size_t len);

/* Refuse it. */
void ccid_fail(struct fob_ccid *ccid, enum ccid_error error);

#endif
