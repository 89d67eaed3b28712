/* SPDX-License-Identifier: MIT */
#include "host/net/serve_reply.h"

#include "host/net/serve_request.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* FOB_E_NOT_FOUND when the first byte is the end, FOB_E_TOO_SHORT later. */
static enum fob_status read_exactly(int fd, uint8_t *data, size_t len)
{
    size_t got = 0;

    while (got < len) {
        ssize_t more = read(fd, data + got, len - got);

        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            return got == 0 ? FOB_E_NOT_FOUND : FOB_E_TOO_SHORT;
        got += (size_t)more;
    }
    return FOB_OK;
}

static enum fob_status take_token(struct serve_feed *feed,
                                  const struct fob_secret *text)
{
    if (text->len > FEED_TOKEN_MAX)
        return FOB_E_TOO_LONG;
    memcpy(feed->token, text->data, text->len);
    feed->token[text->len] = '\0';
    return FOB_OK;
}

/* `text` moves into the feed, or is left to its owner. */
static enum fob_status take_reply(struct serve_feed *feed, uint8_t type,
                                  uint64_t end_s, struct fob_secret *text)
{
    struct fob_secret *place =
        type == FEED_SESSION ? &feed->session : &feed->fault;

    if (type == FEED_TOKEN)
        return take_token(feed, text);
    if (type != FEED_SESSION && type != FEED_FAULT)
        return FOB_E_SYNTAX;
    fob_secret_free(place);
    *place = *text;
    *text = (struct fob_secret){0};
    if (type == FEED_SESSION)
        feed->end_s = (int64_t)end_s;
    return FOB_OK;
}

enum fob_status serve_feed_read(struct serve_feed *feed, int fd)
{
    uint8_t head[FEED_HEAD];
    struct fob_secret text = {0};
    struct fob_reader reader;
    uint32_t len;
    uint8_t type;
    uint64_t end_s;
    enum fob_status status = read_exactly(fd, head, sizeof(head));

    if (status != FOB_OK)
        return status;
    fob_reader_init(&reader, head, sizeof(head));
    len = fob_get_u32(&reader);
    type = fob_get_u8(&reader);
    end_s = fob_get_u64(&reader);
    if (len == 0 || len > FEED_TEXT_MAX)
        return FOB_E_TOO_LONG;
    status = fob_secret_alloc(&text, len);
    if (status == FOB_OK && read_exactly(fd, text.data, len) != FOB_OK)
        status = FOB_E_TOO_SHORT;
    text.len = status == FOB_OK ? len : 0;
    if (status == FOB_OK)
        status = take_reply(feed, type, end_s, &text);
    fob_secret_free(&text);
    return status;
}

void serve_feed_free(struct serve_feed *feed)
{
    fob_wipe(feed->token, sizeof(feed->token));
    fob_secret_free(&feed->session);
    fob_secret_free(&feed->fault);
    feed->end_s = 0;
}

/* In the shape of the service that SDKs know from containers. */
static const struct answer {
    int status;
    const char *reason;
    const char *body;
} answers[] = {
    {SERVE_OK, "OK", NULL},
    {SERVE_BAD, "Bad Request",
     "{\"code\":\"BadRequest\",\"message\":\"fob: this is no HTTP request\"}"},
    {SERVE_FORBIDDEN, "Forbidden",
     "{\"code\":\"Forbidden\",\"message\":\"fob: the Authorization header is "
     "not AWS_CONTAINER_AUTHORIZATION_TOKEN\"}"},
    {SERVE_NOT_FOUND, "Not Found",
     "{\"code\":\"NotFound\",\"message\":\"fob: there is only " SERVE_PATH
     "\"}"},
    {SERVE_BAD_METHOD, "Method Not Allowed",
     "{\"code\":\"BadMethod\",\"message\":\"fob: there is only GET\"}"},
    {SERVE_TOO_LARGE, "Request Header Fields Too Large",
     "{\"code\":\"TooLarge\",\"message\":\"fob: the request is too long\"}"},
    {SERVE_UNAVAILABLE, "Service Unavailable",
     "{\"code\":\"Expired\",\"message\":\"fob: the session has ended and a "
     "new one is being made\"}"},
};

static const struct answer *find_answer(int verdict)
{
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        if (answers[i].status == verdict)
            return &answers[i];
    return &answers[1];
}

static enum fob_status write_reply(const struct answer *answer,
                                   const void *body, size_t body_len,
                                   struct fob_secret *reply)
{
    char head[256];
    int len =
        snprintf(head, sizeof(head),
                 "HTTP/1.1 %d %s\r\n"
                 "Content-Type: application/json\r\n"
                 "Content-Length: %zu\r\n"
                 "Cache-Control: no-store\r\n"
                 "%sConnection: close\r\n\r\n",
                 answer->status, answer->reason, body_len,
                 answer->status == SERVE_BAD_METHOD ? "Allow: GET\r\n" : "");
    enum fob_status status = fob_secret_alloc(reply, (size_t)len + body_len);

    if (status == FOB_OK)
        status = fob_secret_append(reply, head, (size_t)len);
    if (status == FOB_OK)
        status = fob_secret_append(reply, body, body_len);
    return status;
}

enum fob_status serve_reply_make(const struct serve_feed *feed, int verdict,
                                 struct fob_secret *reply)
{
    bool has_ended = feed->session.len == 0 || feed->end_s <= time(NULL);
    const struct answer *answer;

    if (verdict == SERVE_OK && has_ended)
        verdict = SERVE_UNAVAILABLE;
    answer = find_answer(verdict);
    if (verdict == SERVE_OK)
        return write_reply(answer, feed->session.data, feed->session.len,
                           reply);
    if (verdict == SERVE_UNAVAILABLE && feed->fault.len > 0)
        return write_reply(answer, feed->fault.data, feed->fault.len, reply);
    return write_reply(answer, answer->body, strlen(answer->body), reply);
}
