/* SPDX-License-Identifier: MIT */
/* Replies of fob-net made by hand. */
#ifndef FOB_TESTS_LIB_REPLY_H
#define FOB_TESTS_LIB_REPLY_H

#include "host/aws/exchange.h"

#include <string.h>

struct reply_pair {
    const char *path;
    const char *value;
};

/* A reply of HTTP `status` over `room`, with the pairs up to a NULL path. */
__attribute__((unused)) static struct fob_exchange_reply
reply_of(uint16_t status, const struct reply_pair *pairs, uint8_t *room,
         size_t cap)
{
    struct fob_exchange_reply reply = {
        .maybe_sent = true,
        .fault = "",
        .http_status = status,
        .request_id = "",
        .pairs = room,
    };
    struct fob_writer writer;

    fob_writer_init(&writer, room, cap);
    for (; pairs->path != NULL; pairs++, reply.pair_count++)
        fob_exchange_pair_put(&writer, pairs->path, pairs->value,
                              strlen(pairs->value));
    reply.pairs_len = writer.len;
    return reply;
}

#endif
