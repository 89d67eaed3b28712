/* SPDX-License-Identifier: MIT */
/* Messages over a socket: frames, deadlines, and memory as bytes come. */
#include "host/wire/message.h"

#include "host/base/monotonic.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    FRAME_LEN = 4,
    HEAD_LEN = 2,
    CHUNK_LEN = 1024, /* the least that is made room for */
    AWAIT_MAX = 32 * 1024,
    LOOK_MS = 5,
};

static const int64_t for_ever = INT64_MAX;

static int64_t end_of(int within_ms)
{
    return within_ms == 0 ? for_ever : fob_monotonic_ms() + within_ms;
}

/* Whether `events` come before that moment, or may be waited for by whoever
 * calls read or write. */
static bool await_events(int fd, short events, int64_t end_ms)
{
    struct pollfd peer = {.fd = fd, .events = events};
    int count;

    if (end_ms == for_ever)
        return true;
    do {
        int64_t left_ms = end_ms - fob_monotonic_ms();

        count = poll(&peer, 1, left_ms > 0 ? (int)left_ms : 0);
    } while (count < 0 && errno == EINTR);
    return count > 0;
}

/* One attempt; what is not a socket is written to without the flags. */
static ssize_t send_some(int fd, const struct iovec *parts, size_t count,
                         int64_t end_ms)
{
    const struct msghdr message = {.msg_iov = (struct iovec *)(uintptr_t)parts,
                                   .msg_iovlen = count};
    const int flags = end_ms == for_ever ? 0 : MSG_DONTWAIT;
    ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL | flags);

    return sent < 0 && errno == ENOTSOCK ? writev(fd, parts, (int)count) : sent;
}

static void skip_sent(struct iovec *part, size_t *sent)
{
    size_t len = *sent < part->iov_len ? *sent : part->iov_len;

    part->iov_base = (uint8_t *)part->iov_base + len;
    part->iov_len -= len;
    *sent -= len;
}

/* In one piece while it is short: all of it goes, or nothing. */
static enum fob_status send_parts(int fd, struct iovec parts[static 2],
                                  int64_t end_ms)
{
    while (parts[0].iov_len + parts[1].iov_len > 0) {
        ssize_t done = send_some(fd, parts, 2, end_ms);
        size_t sent = done > 0 ? (size_t)done : 0;

        if (done < 0 && errno != EINTR &&
            (errno != EAGAIN || end_ms == for_ever ||
             !await_events(fd, POLLOUT, end_ms)))
            return FOB_E_AGENT;
        skip_sent(&parts[0], &sent);
        skip_sent(&parts[1], &sent);
    }
    return FOB_OK;
}

static enum fob_status send_until(int fd, const struct fob_message *message,
                                  int64_t end_ms)
{
    uint8_t head[FRAME_LEN + HEAD_LEN];
    size_t len = message->fields.len + HEAD_LEN;
    struct iovec parts[] = {{head, sizeof(head)},
                            {message->fields.data, message->fields.len}};
    struct fob_writer writer;

    if (message->status != FOB_OK)
        return message->status;
    if (len > FOB_MESSAGE_MAX)
        return FOB_E_TOO_LONG;
    fob_writer_init(&writer, head, sizeof(head));
    fob_put_u32(&writer, (uint32_t)len);
    fob_put_u8(&writer, FOB_PROTOCOL_VERSION);
    fob_put_u8(&writer, (uint8_t)message->type);
    return send_parts(fd, parts, end_ms);
}

enum fob_status fob_message_send(int fd, const struct fob_message *message)
{
    return send_until(fd, message, for_ever);
}

enum fob_status
fob_message_send_within(int fd, const struct fob_message *message, int whole_ms)
{
    return send_until(fd, message, fob_monotonic_ms() + whole_ms);
}

static enum fob_status read_exactly(int fd, uint8_t *data, size_t len,
                                    int64_t end_ms)
{
    size_t done = 0;

    while (done < len) {
        ssize_t got = await_events(fd, POLLIN, end_ms)
                          ? read(fd, data + done, len - done)
                          : 0;

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return FOB_E_AGENT;
        done += (size_t)got;
    }
    return FOB_OK;
}

static enum fob_status check_len(const uint8_t frame[static FRAME_LEN],
                                 const struct fob_message_limits *limits,
                                 struct fob_message_head *head)
{
    struct fob_reader reader;
    size_t len;

    fob_reader_init(&reader, frame, FRAME_LEN);
    len = fob_get_u32(&reader);
    if (len < HEAD_LEN)
        return FOB_E_AGENT;
    if (len > FOB_MESSAGE_MAX ||
        (limits->len_max != 0 && len > limits->len_max))
        return FOB_E_TOO_LONG;
    head->fields_len = len - HEAD_LEN;
    return FOB_OK;
}

enum fob_status
fob_message_receive_head(int fd, const struct fob_message_limits *limits,
                         struct fob_message_head *head)
{
    uint8_t bytes[FRAME_LEN + HEAD_LEN]; /* no message is shorter */
    const uint8_t *version = bytes + FRAME_LEN;
    enum fob_status status;

    *head = (struct fob_message_head){0};
    if (!await_events(fd, POLLIN, end_of(limits->first_ms)))
        return FOB_E_AGENT;
    if (read_exactly(fd, bytes, sizeof(bytes), end_of(limits->head_ms)) !=
        FOB_OK)
        return FOB_E_AGENT;
    status = check_len(bytes, limits, head);
    if (status != FOB_OK)
        return status;
    if (version[0] != FOB_PROTOCOL_VERSION)
        return FOB_E_VERSION;
    head->type = (enum fob_message_type)version[1];
    return FOB_OK;
}

/* A socket's poll tells that there is something, and not how much: who has sent
 * a part only is looked at again, and hardly anybody does. */
enum fob_status
fob_message_await_fields(int fd, const struct fob_message_limits *limits,
                         const struct fob_message_head *head)
{
    const int64_t end_ms = end_of(limits->fields_ms);
    const int want =
        head->fields_len < AWAIT_MAX ? (int)head->fields_len : AWAIT_MAX;
    struct pollfd gone = {.fd = fd, .events = POLLRDHUP};
    int there = 0;

    for (;;) {
        if (ioctl(fd, FIONREAD, &there) != 0)
            return FOB_E_AGENT;
        if (there >= want)
            return FOB_OK;
        if (poll(&gone, 1, LOOK_MS) > 0 || fob_monotonic_ms() >= end_ms)
            return FOB_E_AGENT;
    }
}

/* Room for what comes, and never for what was only announced. */
static enum fob_status read_fields(int fd, size_t len, int64_t end_ms,
                                   struct fob_secret *fields)
{
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && fields->len < len) {
        size_t left = len - fields->len, room;

        status =
            fob_secret_reserve(fields, left < CHUNK_LEN ? left : CHUNK_LEN);
        if (status != FOB_OK)
            break;
        room = fields->cap - fields->len;
        if (room > left)
            room = left;
        status = read_exactly(fd, fields->data + fields->len, room, end_ms);
        if (status == FOB_OK)
            fields->len += room;
    }
    return status;
}

enum fob_status
fob_message_receive_fields(int fd, const struct fob_message_limits *limits,
                           const struct fob_message_head *head,
                           struct fob_message *message)
{
    struct fob_secret *fields = &message->fields;
    enum fob_status status;

    fob_message_free(message);
    status =
        read_fields(fd, head->fields_len, end_of(limits->fields_ms), fields);
    if (status == FOB_OK)
        status = fob_message_check_fields(fields->data, fields->len);
    if (status != FOB_OK) {
        fob_secret_free(fields);
        return status;
    }
    message->type = head->type;
    return FOB_OK;
}

enum fob_status fob_message_receive(int fd, struct fob_message *message)
{
    static const struct fob_message_limits none = {0};
    struct fob_message_head head;
    enum fob_status status;

    fob_message_free(message);
    status = fob_message_receive_head(fd, &none, &head);
    if (status == FOB_OK)
        status = fob_message_receive_fields(fd, &none, &head, message);
    return status;
}
