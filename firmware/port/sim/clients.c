/* SPDX-License-Identifier: MIT */
#include "firmware/port/sim/clients.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { CLIENTS_MAX = 16, HEAD = 3, KINDS = 128 };

struct client {
    bool is_connected;
    int fd;
    size_t have;
    bool speaks[KINDS]; /* the kinds it has sent */
    uint8_t bytes[HEAD + SIM_BODY_MAX];
};

static struct client clients[CLIENTS_MAX];
static int listener = -1;

enum fob_status sim_clients_open(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    mode_t mask;
    int bound;

    if (strlen(path) >= sizeof(address.sun_path))
        return FOB_E_TOO_LONG;
    memcpy(address.sun_path, path, strlen(path) + 1);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0)
        return FOB_E_IO;
    unlink(path);
    mask = umask(0077);
    bound = bind(listener, (struct sockaddr *)&address, sizeof(address));
    umask(mask);
    return bound == 0 && listen(listener, CLIENTS_MAX) == 0 ? FOB_OK : FOB_E_IO;
}

static void hang_up(struct client *client)
{
    close(client->fd);
    *client = (struct client){0};
}

static void admit_client(void)
{
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

    for (int i = 0; i < CLIENTS_MAX && fd >= 0; i++)
        if (!clients[i].is_connected) {
            clients[i] = (struct client){.is_connected = true, .fd = fd};
            return;
        }
    if (fd >= 0)
        close(fd);
}

static void receive_bytes(struct client *client)
{
    size_t room = sizeof(client->bytes) - client->have;
    ssize_t got = recv(client->fd, client->bytes + client->have, room, 0);

    if (got <= 0 && room > 0)
        hang_up(client);
    else if (got > 0)
        client->have += (size_t)got;
}

void sim_clients_wait(int timeout_ms)
{
    struct pollfd polls[CLIENTS_MAX + 1];

    for (int i = 0; i < CLIENTS_MAX; i++)
        polls[i] = (struct pollfd){
            .fd = clients[i].is_connected ? clients[i].fd : -1,
            .events = POLLIN,
        };
    polls[CLIENTS_MAX] = (struct pollfd){.fd = listener, .events = POLLIN};
    if (poll(polls, CLIENTS_MAX + 1, timeout_ms) <= 0)
        return;
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (polls[i].revents != 0)
            receive_bytes(&clients[i]);
    if (polls[CLIENTS_MAX].revents != 0)
        admit_client();
}

/* Take the first whole frame off the front; false when there is none. */
static bool take_frame(struct client *client, struct sim_frame *frame)
{
    size_t len;

    if (client->have < HEAD)
        return false;
    frame->kind = client->bytes[0];
    frame->len = (uint16_t)(client->bytes[1] << 8 | client->bytes[2]);
    if (frame->len > SIM_BODY_MAX || frame->kind >= KINDS) {
        hang_up(client);
        return false;
    }
    len = HEAD + (size_t)frame->len;
    if (client->have < len)
        return false;
    memcpy(frame->body, client->bytes + HEAD, frame->len);
    client->have -= len;
    memmove(client->bytes, client->bytes + len, client->have);
    client->speaks[frame->kind] = true;
    return true;
}

bool sim_clients_next(struct sim_frame *frame, int *client)
{
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (clients[i].is_connected && take_frame(&clients[i], frame)) {
            *client = i;
            return true;
        }
    return false;
}

void sim_clients_send(int client, enum sim_kind kind, const void *body,
                      size_t len)
{
    uint8_t bytes[HEAD + SIM_BODY_MAX];
    ssize_t sent;

    if (!clients[client].is_connected || len > SIM_BODY_MAX)
        return;
    bytes[0] = (uint8_t)kind;
    bytes[1] = (uint8_t)(len >> 8);
    bytes[2] = (uint8_t)len;
    if (len > 0)
        memcpy(bytes + HEAD, body, len);
    /* One that does not read is gone, as a host that does not poll would be. */
    sent = send(clients[client].fd, bytes, HEAD + len, MSG_NOSIGNAL);
    if (sent != (ssize_t)(HEAD + len))
        hang_up(&clients[client]);
}

void sim_clients_send_all(enum sim_kind kind, const void *body, size_t len)
{
    for (int i = 0; i < CLIENTS_MAX; i++)
        if (clients[i].is_connected && clients[i].speaks[kind])
            sim_clients_send(i, kind, body, len);
}
