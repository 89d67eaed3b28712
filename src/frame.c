/* SPDX-License-Identifier: MIT */
#include "src/frame.h"

#include "src/bytes.h"

#include <string.h>

enum { FIRST = 0x80 };

void fob_frame_send(struct fob_frame_sender *sender, uint32_t channel,
                    enum fob_frame_command command, const void *data,
                    size_t len)
{
    *sender = (struct fob_frame_sender){
        .data = data,
        .len = len,
        .channel = channel,
        .command = (uint8_t)command,
    };
}

bool fob_frame_next(struct fob_frame_sender *sender,
                    uint8_t report[static FOB_FRAME_REPORT])
{
    struct fob_writer writer;
    size_t part = sender->len - sender->sent;

    if (sender->started && part == 0)
        return false;
    memset(report, 0, FOB_FRAME_REPORT);
    fob_writer_init(&writer, report, FOB_FRAME_REPORT);
    fob_put_u32(&writer, sender->channel);
    if (sender->started) {
        fob_put_u8(&writer, sender->sequence++);
    } else {
        fob_put_u8(&writer, sender->command);
        fob_put_u16(&writer, (uint16_t)sender->len);
    }
    if (part > writer.cap - writer.len)
        part = writer.cap - writer.len;
    if (part > 0)
        fob_put_bytes(&writer, sender->data + sender->sent, part);
    sender->sent += part;
    sender->started = true;
    return true;
}

void fob_frame_receiver_init(struct fob_frame_receiver *receiver, void *data,
                             size_t cap)
{
    *receiver = (struct fob_frame_receiver){.data = data, .cap = cap};
}

uint32_t fob_frame_channel(const uint8_t report[static FOB_FRAME_REPORT])
{
    struct fob_reader reader;

    fob_reader_init(&reader, report, FOB_FRAME_REPORT);
    return fob_get_u32(&reader);
}

bool fob_frame_is_first(const uint8_t report[static FOB_FRAME_REPORT],
                        uint8_t *command)
{
    if ((report[4] & FIRST) == 0)
        return false;
    *command = report[4];
    return true;
}

static enum fob_status take_head(struct fob_frame_receiver *receiver,
                                 struct fob_reader *reader)
{
    uint32_t channel = fob_get_u32(reader);
    uint8_t mark = fob_get_u8(reader);

    if ((mark & FIRST) != 0) {
        receiver->channel = channel;
        receiver->command = mark;
        receiver->len = fob_get_u16(reader);
        receiver->have = 0;
        receiver->sequence = 0;
        return receiver->len <= receiver->cap ? FOB_OK : FOB_E_TOO_LONG;
    }
    if (!receiver->busy || channel != receiver->channel)
        return FOB_E_NOT_FOUND;
    return mark == receiver->sequence++ ? FOB_OK : FOB_E_SYNTAX;
}

enum fob_status fob_frame_take(struct fob_frame_receiver *receiver,
                               const uint8_t report[static FOB_FRAME_REPORT])
{
    struct fob_reader reader;
    enum fob_status status;
    size_t part;

    fob_reader_init(&reader, report, FOB_FRAME_REPORT);
    status = take_head(receiver, &reader);
    if (status == FOB_E_NOT_FOUND)
        return status;
    receiver->busy = false;
    if (status != FOB_OK)
        return status;
    part = receiver->len - receiver->have;
    if (part > reader.left)
        part = reader.left;
    if (part > 0)
        memcpy(receiver->data + receiver->have, reader.at, part);
    receiver->have += part;
    receiver->busy = receiver->have < receiver->len;
    return receiver->busy ? FOB_E_BUSY : FOB_OK;
}
