/* SPDX-License-Identifier: MIT */
#include "firmware/app/transport/ccid_reply.h"

#include "src/bytes.h"

#include <string.h>

void ccid_reply_to(struct fob_ccid *ccid, uint8_t sequence,
                   enum ccid_message type, unsigned status, unsigned last,
                   size_t data_len)
{
    struct fob_writer writer;

    fob_writer_init(&writer, ccid->reply, FOB_CCID_HEAD);
    fob_put_u8(&writer, (uint8_t)type);
    fob_put_u8(&writer, (uint8_t)data_len);
    fob_put_u8(&writer, (uint8_t)(data_len >> 8));
    fob_put_u16(&writer, 0);
    fob_put_u8(&writer, 0);
    fob_put_u8(&writer, sequence);
    fob_put_u8(&writer, (uint8_t)((status & 0xff) | !ccid->is_powered));
    fob_put_u8(&writer, (uint8_t)(status >> 8));
    fob_put_u8(&writer, (uint8_t)last);
    ccid->reply_len = FOB_CCID_HEAD + data_len;
}

void ccid_reply(struct fob_ccid *ccid, enum ccid_message type, unsigned last,
                const void *data, size_t len)
{
    if (len > 0)
        memcpy(ccid->reply + FOB_CCID_HEAD, data, len);
    ccid_reply_to(ccid, ccid->message[CCID_SEQUENCE_AT], type, CCID_DONE, last,
                  len);
}

void ccid_fail(struct fob_ccid *ccid, enum ccid_error error)
{
    uint8_t asked = ccid->message[0];
    enum ccid_message type = CCID_STATUS_REPLY;

    if (asked == CCID_TRANSFER || asked == CCID_POWER_ON)
        type = CCID_DATA_BLOCK;
    else if (asked == CCID_SET_PARAMETERS || asked == CCID_GET_PARAMETERS ||
             asked == CCID_RESET_PARAMETERS)
        type = CCID_PARAMETERS_REPLY;
    ccid_reply_to(ccid, ccid->message[CCID_SEQUENCE_AT], type,
                  CCID_FAILED | (unsigned)error << 8, 0, 0);
}
