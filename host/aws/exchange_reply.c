/* SPDX-License-Identifier: MIT */
#include "host/aws/exchange.h"
#include "host/aws/exchange_field.h"

#include <string.h>

enum { FLAG_MAYBE_SENT = 0x01 };

static void put_reply(struct fob_writer *writer, const void *what)
{
    const struct fob_exchange_reply *reply = what;

    exchange_put_head(writer, EXCHANGE_REPLY);
    fob_put_u8(writer, (uint8_t)reply->status);
    fob_put_u8(writer, reply->maybe_sent ? FLAG_MAYBE_SENT : 0);
    exchange_put_text(writer, reply->fault, strlen(reply->fault));
    fob_put_u16(writer, reply->http_status);
    fob_put_u64(writer, reply->date_s);
    exchange_put_text(writer, reply->request_id, strlen(reply->request_id));
    fob_put_u16(writer, (uint16_t)reply->pair_count);
    fob_put_bytes(writer, reply->pairs, reply->pairs_len);
}

void fob_exchange_pair_put(struct fob_writer *writer, const char *path,
                           const char *value, size_t value_len)
{
    exchange_put_text(writer, path, strlen(path));
    exchange_put_text(writer, value, value_len);
}

static void get_pair(struct fob_reader *reader, struct fob_exchange_pair *pair)
{
    pair->path = exchange_get_text(reader);
    pair->value = exchange_get_text(reader);
}

static void get_pairs(struct fob_reader *reader,
                      struct fob_exchange_reply *reply)
{
    struct fob_exchange_pair pair;

    reply->pair_count = fob_get_u16(reader);
    reply->pairs = reader->at;
    reply->pairs_len = reader->left;
    if (reply->pair_count > FOB_EXCHANGE_PAIRS_MAX)
        reader->status = FOB_E_TOO_LONG;
    for (size_t i = 0; i < reply->pair_count && reader->status == FOB_OK; i++) {
        get_pair(reader, &pair);
        if (!exchange_is_plain(pair.path, true) && reader->status == FOB_OK)
            reader->status = FOB_E_SYNTAX;
    }
}

static void get_reply(struct fob_reader *reader,
                      struct fob_exchange_reply *reply)
{
    uint8_t flags;

    exchange_get_head(reader, EXCHANGE_REPLY);
    if (reader->status != FOB_OK)
        return;
    reply->status = (enum fob_status)fob_get_u8(reader);
    flags = fob_get_u8(reader);
    reply->maybe_sent = (flags & FLAG_MAYBE_SENT) != 0;
    if ((flags & ~FLAG_MAYBE_SENT) != 0)
        reader->status = FOB_E_SYNTAX;
    reply->fault = exchange_get_text(reader);
    reply->http_status = fob_get_u16(reader);
    reply->date_s = fob_get_u64(reader);
    reply->request_id = exchange_get_text(reader);
    get_pairs(reader, reply);
}

static bool status_is_known(enum fob_status status)
{
    return status == FOB_OK || status == FOB_E_NETWORK ||
           status == FOB_E_REPLY || status == FOB_E_USAGE ||
           status == FOB_E_NO_MEMORY || status == FOB_E_FAILED;
}

/* Either an HTTP reply or a fault with its words, never both or neither. */
static enum fob_status reply_check(const struct fob_exchange_reply *reply)
{
    bool came = reply->http_status >= 100 && reply->http_status <= 599;

    if (!status_is_known(reply->status) || (!came && reply->http_status != 0))
        return FOB_E_SYNTAX;
    if ((reply->status == FOB_OK) != (*reply->fault == '\0'))
        return FOB_E_SYNTAX;
    if (reply->status == FOB_OK && !(came && reply->maybe_sent))
        return FOB_E_SYNTAX;
    if (!exchange_is_plain(reply->fault, false) ||
        !exchange_is_plain(reply->request_id, false))
        return FOB_E_SYNTAX;
    return reply->date_s <= INT64_MAX / 1000 ? FOB_OK : FOB_E_SYNTAX;
}

enum fob_status
fob_exchange_reply_encode(const struct fob_exchange_reply *reply,
                          struct fob_secret *message)
{
    enum fob_status status = reply_check(reply);

    if (status != FOB_OK)
        return status;
    return exchange_encode(put_reply, reply, FOB_EXCHANGE_REPLY_MAX, message);
}

enum fob_status fob_exchange_reply_decode(const void *message, size_t len,
                                          struct fob_exchange_reply *reply)
{
    struct fob_reader reader;
    enum fob_status status;

    memset(reply, 0, sizeof(*reply));
    if (len > FOB_EXCHANGE_REPLY_MAX)
        return FOB_E_TOO_LONG;
    fob_reader_init(&reader, message, len);
    get_reply(&reader, reply);
    status = fob_reader_end(&reader);
    if (status == FOB_OK)
        status = reply_check(reply);
    if (status != FOB_OK)
        memset(reply, 0, sizeof(*reply));
    return status;
}

bool fob_exchange_next(const struct fob_exchange_reply *reply, size_t *at,
                       struct fob_exchange_pair *pair)
{
    struct fob_reader reader;

    if (*at >= reply->pairs_len)
        return false;
    fob_reader_init(&reader, reply->pairs + *at, reply->pairs_len - *at);
    get_pair(&reader, pair);
    *at = reply->pairs_len - reader.left;
    return reader.status == FOB_OK;
}

const char *fob_exchange_find(const struct fob_exchange_reply *reply,
                              const char *path)
{
    struct fob_exchange_pair pair;
    size_t at = 0;

    while (fob_exchange_next(reply, &at, &pair))
        if (strcmp(pair.path, path) == 0)
            return pair.value;
    return NULL;
}
