/* SPDX-License-Identifier: MIT */
#include "host/net/serve.h"

#include "host/base/monotonic.h"
#include "host/net/serve_reply.h"
#include "host/net/serve_request.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    CALLERS_MAX = 32,
    PATIENCE_MS = 2000, /* as long as SDKs have */
};

struct caller {
    int fd; /* -1: this place is free */
    int64_t end_ms;
    struct fob_secret request;
};

struct serve {
    struct serve_feed feed;
    int feed_fd;
    int listener;
    struct caller callers[CALLERS_MAX];
};

static void caller_close(struct caller *caller)
{
    close(caller->fd);
    caller->fd = -1;
    fob_secret_free(&caller->request);
}

/* The reply is far smaller than what a fresh socket buffers: it goes out
 * whole, or the caller is one that does not read. */
static void caller_answer(struct serve *serve, struct caller *caller,
                          int verdict)
{
    struct fob_secret reply = {0};
    ssize_t sent = -1;

    if (serve_reply_make(&serve->feed, verdict, &reply) == FOB_OK)
        sent = send(caller->fd, reply.data, reply.len,
                    MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0)
        shutdown(caller->fd, SHUT_WR);
    fob_secret_free(&reply);
    caller_close(caller);
}

static void caller_read(struct serve *serve, struct caller *caller)
{
    struct fob_secret *request = &caller->request;
    ssize_t got = recv(caller->fd, request->data + request->len,
                       SERVE_REQUEST_MAX - request->len, MSG_DONTWAIT);
    int verdict;

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        caller_close(caller);
        return;
    }
    request->len += (size_t)got;
    verdict =
        serve_request_judge(request->data, request->len, serve->feed.token);
    if (verdict != SERVE_MORE)
        caller_answer(serve, caller, verdict);
}

/* A free place, made by hanging up on whoever has dawdled longest. */
static struct caller *find_place(struct serve *serve)
{
    struct caller *oldest = &serve->callers[0];

    for (size_t i = 0; i < CALLERS_MAX; i++) {
        struct caller *caller = &serve->callers[i];

        if (caller->fd < 0)
            return caller;
        if (caller->end_ms < oldest->end_ms)
            oldest = caller;
    }
    caller_close(oldest);
    return oldest;
}

static void caller_accept(struct serve *serve)
{
    int fd = accept4(serve->listener, NULL, NULL, SOCK_CLOEXEC);
    struct caller *caller;

    if (fd < 0)
        return;
    caller = find_place(serve);
    if (fob_secret_alloc(&caller->request, SERVE_REQUEST_MAX) != FOB_OK) {
        close(fd);
        return;
    }
    caller->fd = fd;
    caller->end_ms = fob_monotonic_ms() + PATIENCE_MS;
}

static void hang_up_on_dawdlers(struct serve *serve)
{
    int64_t now_ms = fob_monotonic_ms();

    for (size_t i = 0; i < CALLERS_MAX; i++)
        if (serve->callers[i].fd >= 0 && serve->callers[i].end_ms <= now_ms)
            caller_close(&serve->callers[i]);
}

/* Until the next dawdler's time is over; -1: until something happens. */
static int wait_ms(const struct serve *serve)
{
    int64_t now_ms = fob_monotonic_ms(), wait = -1;

    for (size_t i = 0; i < CALLERS_MAX; i++) {
        const struct caller *caller = &serve->callers[i];
        int64_t left = caller->end_ms > now_ms ? caller->end_ms - now_ms : 0;

        if (caller->fd >= 0 && (wait < 0 || left < wait))
            wait = left;
    }
    return (int)wait;
}

/* Nothing is served before there is a token to ask for. */
static void serve_poll(struct serve *serve, struct pollfd *polled)
{
    polled[0] = (struct pollfd){.fd = serve->feed_fd, .events = POLLIN};
    polled[1] = (struct pollfd){.fd = serve->listener, .events = POLLIN};
    if (serve->feed.session.len == 0 && serve->feed.fault.len == 0)
        polled[1].fd = -1;
    for (size_t i = 0; i < CALLERS_MAX; i++)
        polled[2 + i] =
            (struct pollfd){.fd = serve->callers[i].fd, .events = POLLIN};
    if (poll(polled, 2 + CALLERS_MAX, wait_ms(serve)) <= 0)
        for (size_t i = 0; i < 2 + CALLERS_MAX; i++)
            polled[i].revents = 0;
}

static enum fob_status serve_step(struct serve *serve)
{
    struct pollfd polled[2 + CALLERS_MAX];
    enum fob_status status = FOB_OK;

    serve_poll(serve, polled);
    if (polled[0].revents != 0)
        status = serve_feed_read(&serve->feed, serve->feed_fd);
    for (size_t i = 0; i < CALLERS_MAX; i++)
        if (polled[2 + i].revents != 0)
            caller_read(serve, &serve->callers[i]);
    hang_up_on_dawdlers(serve);
    if (polled[1].revents != 0)
        caller_accept(serve);
    return status;
}

enum fob_status serve_run(int feed_fd, int listener)
{
    struct serve serve = {.feed_fd = feed_fd, .listener = listener};
    enum fob_status status;

    for (size_t i = 0; i < CALLERS_MAX; i++)
        serve.callers[i].fd = -1;
    do
        status = serve_step(&serve);
    while (status == FOB_OK);
    for (size_t i = 0; i < CALLERS_MAX; i++)
        if (serve.callers[i].fd >= 0)
            caller_close(&serve.callers[i]);
    serve_feed_free(&serve.feed);
    return status == FOB_E_NOT_FOUND ? FOB_OK : status;
}
