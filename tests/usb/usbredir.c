/* SPDX-License-Identifier: MIT */
#include "tests/usb/usbredir.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    HELLO_HEAD = 12, /* ids have 32 bits until both have said hello */
    HEAD = 16,
    VERSION_LEN = 64,
    CONTROL_HEAD = 10,
    BULK_HEAD = 10,
    INTERRUPT_HEAD = 4,
    IN = 0x80,
    /* connect_device_version, ep_info_max_packet_size, 64bits_ids,
     * 32bits_bulk_length */
    CAPABILITIES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6,
};

static void put_number(uint8_t *at, uint64_t value, size_t len)
{
    for (size_t i = 0; i < len; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static uint64_t get_descriptor(const uint8_t *at, size_t len)
{
    uint64_t value = 0;

    for (size_t i = 0; i < len; i++)
        value |= (uint64_t)at[i] << 8 * i;
    return value;
}

/* --- out -----------------------------------------------------------------*/

static void write_all(int fd, const uint8_t *data, size_t len)
{
    while (len > 0) {
        ssize_t done = send(fd, data, len, MSG_NOSIGNAL);

        if (done <= 0)
            return;
        data += done;
        len -= (size_t)done;
    }
}

struct part {
    const uint8_t *data;
    size_t len;
};

static uint64_t send_packet(struct usbredir *redir, enum usbredir_type type,
                            struct part first, struct part second)
{
    uint8_t head[HEAD];
    uint64_t id;

    pthread_mutex_lock(&redir->lock);
    id = ++redir->id;
    put_number(head, type, 4);
    put_number(head + 4, first.len + second.len, 4);
    put_number(head + 8, id, 8);
    write_all(redir->fd, head, sizeof(head));
    write_all(redir->fd, first.data, first.len);
    write_all(redir->fd, second.data, second.len);
    pthread_mutex_unlock(&redir->lock);
    return id;
}

static const struct part nothing = {(const uint8_t *)"", 0};

uint64_t usbredir_control(struct usbredir *redir,
                          const uint8_t setup[static USBREDIR_SETUP])
{
    uint8_t head[CONTROL_HEAD] = {setup[0] & IN, setup[1], setup[0]};

    memcpy(head + 4, setup + 2, 6);
    return send_packet(redir, USBREDIR_CONTROL,
                       (struct part){head, sizeof(head)}, nothing);
}

uint64_t usbredir_bulk(struct usbredir *redir, uint8_t endpoint,
                       const uint8_t *data, size_t len)
{
    uint8_t head[BULK_HEAD] = {endpoint};

    put_number(head + 2, len & 0xffff, 2);
    put_number(head + 8, len >> 16, 2);
    return send_packet(redir, USBREDIR_BULK, (struct part){head, sizeof(head)},
                       endpoint & IN ? nothing : (struct part){data, len});
}

uint64_t usbredir_interrupt(struct usbredir *redir, uint8_t endpoint,
                            const uint8_t *data, size_t len)
{
    uint8_t head[INTERRUPT_HEAD] = {endpoint};

    put_number(head + 2, len, 2);
    return send_packet(redir, USBREDIR_INTERRUPT,
                       (struct part){head, sizeof(head)},
                       (struct part){data, len});
}

void usbredir_listen(struct usbredir *redir, uint8_t endpoint)
{
    send_packet(redir, USBREDIR_START_INTERRUPT, (struct part){&endpoint, 1},
                nothing);
}

void usbredir_configure(struct usbredir *redir, uint8_t number)
{
    send_packet(redir, USBREDIR_SET_CONFIGURATION, (struct part){&number, 1},
                nothing);
}

/* Named by the id of what is to end. */
void usbredir_cancel(struct usbredir *redir, uint64_t id)
{
    uint8_t head[HEAD] = {USBREDIR_CANCEL};

    put_number(head + 8, id, 8);
    pthread_mutex_lock(&redir->lock);
    write_all(redir->fd, head, sizeof(head));
    pthread_mutex_unlock(&redir->lock);
}

/* --- in ------------------------------------------------------------------*/

static bool read_all(int fd, uint8_t *data, size_t len)
{
    return len == 0 || recv(fd, data, len, MSG_WAITALL) == (ssize_t)len;
}

static bool take_transfer(struct usbredir_packet *packet, size_t head,
                          size_t len)
{
    if (len < head)
        return false;
    packet->data = packet->body + head;
    packet->len = len - head;
    packet->endpoint = packet->body[0];
    packet->status = packet->body[packet->type == USBREDIR_CONTROL ? 3 : 1];
    packet->moved = packet->len;
    if (packet->type == USBREDIR_BULK && !(packet->endpoint & IN))
        packet->moved = (size_t)(get_descriptor(packet->body + 2, 2) |
                                 get_descriptor(packet->body + 8, 2) << 16);
    return true;
}

static bool take_body(struct usbredir_packet *packet, size_t len)
{
    switch (packet->type) {
    case USBREDIR_CONTROL:
        return take_transfer(packet, CONTROL_HEAD, len);
    case USBREDIR_BULK:
        return take_transfer(packet, BULK_HEAD, len);
    case USBREDIR_INTERRUPT:
        return take_transfer(packet, INTERRUPT_HEAD, len);
    default:
        packet->data = packet->body;
        packet->len = len;
        return true;
    }
}

bool usbredir_receive(struct usbredir *redir, struct usbredir_packet *packet)
{
    uint8_t head[HEAD];
    size_t len;

    if (!read_all(redir->fd, head, sizeof(head)))
        return false;
    packet->type = (uint32_t)get_descriptor(head, 4);
    packet->id = get_descriptor(head + 8, 8);
    len = (size_t)get_descriptor(head + 4, 4);
    return len <= sizeof(packet->body) &&
           read_all(redir->fd, packet->body, len) && take_body(packet, len);
}

/* --- hello ---------------------------------------------------------------*/

static bool say_hello(int fd)
{
    uint8_t hello[HELLO_HEAD + VERSION_LEN + 4] = {USBREDIR_HELLO};
    uint8_t theirs[sizeof(hello)];

    put_number(hello + 4, sizeof(hello) - HELLO_HEAD, 4);
    put_number(hello + HELLO_HEAD + VERSION_LEN, CAPABILITIES, 4);
    write_all(fd, hello, sizeof(hello));
    return read_all(fd, theirs, sizeof(theirs)) &&
           memcmp(theirs, hello, 8) == 0;
}

bool usbredir_dial(struct usbredir *redir, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    *redir = (struct usbredir){.fd = socket(AF_UNIX, SOCK_STREAM, 0)};
    pthread_mutex_init(&redir->lock, NULL);
    if (strlen(path) >= sizeof(address.sun_path))
        return false;
    strcpy(address.sun_path, path);
    return connect(redir->fd, (struct sockaddr *)&address, sizeof(address)) ==
               0 &&
           say_hello(redir->fd);
}
