/* SPDX-License-Identifier: MIT */
/* The simulated token's HID interface: docs/protocol.md, section "fob-sim". */
#include "host/token/channel.h"

#include "host/base/file.h"
#include "host/base/monotonic.h"
#include "host/base/text.h"
#include "src/bytes.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { KIND = 'H', HEAD = 3, BODY_MAX = 1024 };

struct sim_link {
    int fd;
    size_t have; /* of the frame that is arriving */
    uint8_t frame[HEAD + BODY_MAX];
    struct channel channel;
};

static enum fob_status put_report(void *context,
                                  const uint8_t report[static FOB_FRAME_REPORT])
{
    struct sim_link *sim = context;
    uint8_t frame[HEAD + FOB_FRAME_REPORT] = {KIND, 0, FOB_FRAME_REPORT};
    bool is_sent;

    memcpy(frame + HEAD, report, FOB_FRAME_REPORT);
    is_sent = fob_file_write_all(sim->fd, frame, sizeof(frame)) == FOB_OK;
    explicit_bzero(frame, sizeof(frame));
    return is_sent ? FOB_OK : FOB_E_TOKEN_ABSENT;
}

static size_t body_len(const struct sim_link *sim)
{
    return (size_t)(sim->frame[1] << 8 | sim->frame[2]);
}

/* How much of the frame is missing, as far as that is known. */
static size_t count_missing(const struct sim_link *sim)
{
    return (sim->have < HEAD ? HEAD : HEAD + body_len(sim)) - sim->have;
}

static enum fob_status read_some(struct sim_link *sim, int wait_ms)
{
    struct pollfd ready = {.fd = sim->fd, .events = POLLIN};
    int count = poll(&ready, 1, wait_ms);
    ssize_t got;

    if (count == 0 || (count < 0 && errno == EINTR))
        return FOB_E_BUSY;
    got =
        recv(sim->fd, sim->frame + sim->have, count_missing(sim), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return FOB_E_BUSY;
    if (got <= 0)
        return FOB_E_TOKEN_ABSENT;
    sim->have += (size_t)got;
    if (sim->have >= HEAD && body_len(sim) > BODY_MAX)
        return FOB_E_DAMAGED;
    return FOB_OK;
}

/* The next frame that is a report; what else the socket carries is for whoever
 * plays the world. */
static enum fob_status
get_report(void *context, uint8_t report[static FOB_FRAME_REPORT], int wait_ms)
{
    struct sim_link *sim = context;
    int64_t end_ms = fob_monotonic_ms() + wait_ms, now_ms;
    enum fob_status status;

    while ((now_ms = fob_monotonic_ms()) < end_ms) {
        status = read_some(sim, (int)(end_ms - now_ms));
        if (status != FOB_OK)
            return status;
        if (sim->have < HEAD || count_missing(sim) > 0)
            continue;
        sim->have = 0;
        if (sim->frame[0] == KIND && body_len(sim) == FOB_FRAME_REPORT) {
            memcpy(report, sim->frame + HEAD, FOB_FRAME_REPORT);
            return FOB_OK;
        }
    }
    return FOB_E_BUSY;
}

static const struct channel_pipe pipe_of_socket = {
    put_report, get_report, channel_now_ms, channel_pause_ms};

/* There is none unless a caller names it. */
static void list_none(struct fob_token_locations *locations)
{
    (void)locations;
}

/* A request can name any path: only a socket of this user is spoken to. */
static bool is_ours(int fd)
{
    struct ucred peer;
    socklen_t len = sizeof(peer);

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
           peer.uid == geteuid();
}

static enum fob_status connect_to(const char *path, int *fd)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (fob_text_copy(address.sun_path, sizeof(address.sun_path), path) !=
        FOB_OK)
        return FOB_E_TOKEN_ABSENT;
    *fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (*fd < 0)
        return FOB_E_FAILED;
    if (connect(*fd, (struct sockaddr *)&address, sizeof(address)) != 0)
        return FOB_E_TOKEN_ABSENT;
    return is_ours(*fd) ? FOB_OK : FOB_E_FAILED;
}

static void sim_close(void *link)
{
    struct sim_link *sim = link;

    if (sim == NULL)
        return;
    channel_close(&sim->channel);
    if (sim->fd >= 0)
        close(sim->fd);
    explicit_bzero(sim, sizeof(*sim));
    free(sim);
}

static enum fob_status
sim_open(const char *path, const struct fob_token_watch *watch, void **link)
{
    struct sim_link *sim = calloc(1, sizeof(*sim));
    enum fob_status status;

    (void)watch; /* INIT is answered at any time */
    *link = NULL;
    if (sim == NULL)
        return FOB_E_FAILED;
    sim->fd = -1;
    status = connect_to(path, &sim->fd);
    if (status == FOB_OK)
        status = channel_open(&sim->channel, &pipe_of_socket, sim);
    if (status == FOB_OK)
        *link = sim;
    else
        sim_close(sim);
    return status;
}

static enum fob_status sim_exchange(void *link, struct fob_token_exchange *it)
{
    struct sim_link *sim = link;

    return channel_exchange(&sim->channel, it);
}

const struct fob_transport fob_token_sim = {
    .name = "sim",
    .list = list_none,
    .open = sim_open,
    .exchange = sim_exchange,
    .close = sim_close,
};
