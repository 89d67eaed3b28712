/* SPDX-License-Identifier: MIT */
#include "host/qr/reply.h"

#include "src/bytes.h"

#include <string.h>

enum { REPLY_HEAD_LEN = 4, REPLY_ITEM_HEAD_LEN = 4 };

static void reply_put_item(struct fob_writer *writer, const void *data,
                           size_t len)
{
    fob_put_u32(writer, (uint32_t)len);
    fob_put_bytes(writer, data, len);
}

enum fob_status fob_reply_codes(const struct fob_codes *codes,
                                struct fob_secret *reply)
{
    struct fob_writer writer;
    size_t len = REPLY_HEAD_LEN;
    enum fob_status status;

    for (size_t i = 0; i < codes->count; i++)
        len += REPLY_ITEM_HEAD_LEN + codes->list[i].text.len;
    status = fob_secret_alloc(reply, len);
    if (status != FOB_OK)
        return status;
    fob_writer_init(&writer, reply->data, len);
    fob_put_u8(&writer, FOB_OK);
    fob_put_u16(&writer, (uint16_t)codes->count);
    fob_put_u8(&writer, codes->is_incomplete ? 1 : 0);
    for (size_t i = 0; i < codes->count; i++)
        reply_put_item(&writer, codes->list[i].text.data,
                       codes->list[i].text.len);
    reply->len = writer.len;
    return writer.status;
}

enum fob_status fob_reply_fault(const struct fob_error *error,
                                struct fob_secret *reply)
{
    struct fob_writer writer;
    size_t text_len = strlen(error->text);
    size_t len = REPLY_HEAD_LEN + REPLY_ITEM_HEAD_LEN + text_len;
    enum fob_status status = fob_secret_alloc(reply, len);

    if (status != FOB_OK)
        return status;
    fob_writer_init(&writer, reply->data, len);
    fob_put_u8(&writer, (uint8_t)error->status);
    fob_put_u16(&writer, 1);
    fob_put_u8(&writer, 0);
    reply_put_item(&writer, error->text, text_len);
    reply->len = writer.len;
    return writer.status;
}
