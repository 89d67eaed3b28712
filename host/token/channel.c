/* SPDX-License-Identifier: MIT */
#include "host/token/channel.h"

#include "host/base/monotonic.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

enum {
    INIT_MS = 2000,    /* for a token that is awake, with room for a slow one */
    SILENCE_MS = 3000, /* it says ten times a second that it lives */
    WHOLE_MS = 60000,  /* for an answer, whatever it says meanwhile */
    BUSY_MS = 20000,   /* for another program's touch to come, or not */
    BUSY_PAUSE_MS = 100,
    GIVE_UP_MS = 1000, /* for the answer to CANCEL */
    GLANCE_MS = 300,   /* how often the watcher is looked at */
};

int64_t channel_now_ms(void *context)
{
    (void)context;
    return fob_monotonic_ms();
}

void channel_pause_ms(void *context, int ms)
{
    const struct timespec pause = {.tv_sec = ms / 1000,
                                   .tv_nsec = ms % 1000 * 1000000L};

    (void)context;
    nanosleep(&pause, NULL);
}

static int64_t read_now(const struct channel *channel)
{
    return channel->pipe->now_ms(channel->context);
}

static enum fob_status put_message(const struct channel *channel,
                                   enum fob_frame_command command,
                                   const void *data, size_t len)
{
    uint8_t report[FOB_FRAME_REPORT];
    struct fob_frame_sender sender;
    enum fob_status status = FOB_OK;

    fob_frame_send(&sender, channel->number, command, data, len);
    while (status == FOB_OK && fob_frame_next(&sender, report))
        status = channel->pipe->put(channel->context, report);
    fob_wipe(report, sizeof(report));
    return status;
}

/* --- a channel -----------------------------------------------------------*/

/* Programs that ask at the same time tell their answers by the nonce. */
static bool is_answer(const struct fob_frame_receiver *got,
                      const uint8_t nonce[static FOB_FRAME_NONCE])
{
    return got->command == FOB_FRAME_INIT && got->len >= FOB_FRAME_INIT_REPLY &&
           memcmp(got->data, nonce, FOB_FRAME_NONCE) == 0;
}

static enum fob_status await_channel(struct channel *channel,
                                     const uint8_t *nonce)
{
    int64_t end_ms = read_now(channel) + INIT_MS, now_ms;
    uint8_t report[FOB_FRAME_REPORT], data[FOB_FRAME_FIRST_DATA];
    struct fob_frame_receiver got;
    struct fob_reader reader;
    enum fob_status status;

    fob_frame_receiver_init(&got, data, sizeof(data));
    while ((now_ms = read_now(channel)) < end_ms) {
        status = channel->pipe->get(channel->context, report,
                                    (int)(end_ms - now_ms));
        if (status == FOB_E_BUSY)
            break;
        if (status != FOB_OK)
            return status;
        if (fob_frame_channel(report) != FOB_FRAME_BROADCAST ||
            fob_frame_take(&got, report) != FOB_OK || !is_answer(&got, nonce))
            continue;
        fob_reader_init(&reader, data + FOB_FRAME_NONCE, sizeof(uint32_t));
        channel->number = fob_get_u32(&reader);
        return FOB_OK;
    }
    return FOB_E_TOKEN_ABSENT;
}

enum fob_status channel_open(struct channel *channel,
                             const struct channel_pipe *pipe, void *context)
{
    uint8_t nonce[FOB_FRAME_NONCE];
    enum fob_status status;

    *channel = (struct channel){
        .pipe = pipe, .context = context, .number = FOB_FRAME_BROADCAST};
    if (getrandom(nonce, sizeof(nonce), 0) != (ssize_t)sizeof(nonce))
        return FOB_E_FAILED;
    status = put_message(channel, FOB_FRAME_INIT, nonce, sizeof(nonce));
    return status == FOB_OK ? await_channel(channel, nonce) : status;
}

/* --- one answer ----------------------------------------------------------*/

struct wait {
    enum fob_token_wait why;
    int64_t heard_ms; /* when the token last spoke to us */
    int64_t end_ms;
    bool gave_up;
};

static bool watcher_stays(const struct fob_token_exchange *it,
                          const struct wait *wait)
{
    return it->watch == NULL || it->watch->wait(it->watch->context, wait->why);
}

/* Whoever waits no longer takes the token's attention back, too, and what it
 * answers to that is awaited: a button pressed later must not count. */
static enum fob_status give_up(const struct channel *channel, struct wait *wait)
{
    wait->gave_up = true;
    wait->end_ms = read_now(channel) + GIVE_UP_MS;
    return put_message(channel, FOB_FRAME_CANCEL, NULL, 0);
}

static enum fob_status read_fault(const struct fob_frame_receiver *got)
{
    if (got->len != 1)
        return FOB_E_DAMAGED;
    return got->data[0] == FOB_FRAME_BUSY ? FOB_E_BUSY : FOB_E_DAMAGED;
}

/* FOB_E_NOT_FOUND: not yet an end. */
static enum fob_status read_message(const struct fob_frame_receiver *got,
                                    struct fob_token_exchange *it,
                                    struct wait *wait)
{
    switch (got->command) {
    case FOB_FRAME_KEEPALIVE:
        wait->why = got->len == 1 && got->data[0] == FOB_FRAME_TOUCH
                        ? FOB_TOKEN_TOUCH
                        : FOB_TOKEN_WORKING;
        return FOB_E_NOT_FOUND;
    case FOB_FRAME_ERROR:
        return read_fault(got);
    case FOB_FRAME_APDU:
        it->reply_len = got->len;
        return got->len >= 2 ? FOB_OK : FOB_E_DAMAGED;
    default:
        return FOB_E_DAMAGED;
    }
}

static enum fob_status take_report(const struct channel *channel,
                                   struct fob_frame_receiver *got,
                                   struct fob_token_exchange *it,
                                   struct wait *wait)
{
    uint8_t report[FOB_FRAME_REPORT];
    enum fob_status status =
        channel->pipe->get(channel->context, report, GLANCE_MS);

    if (status == FOB_OK && fob_frame_channel(report) == channel->number) {
        wait->heard_ms = read_now(channel);
        status = fob_frame_take(got, report);
        if (status == FOB_OK)
            status = read_message(got, it, wait);
        else if (status == FOB_E_TOO_LONG || status == FOB_E_SYNTAX)
            status = FOB_E_DAMAGED;
        else
            status = FOB_E_NOT_FOUND;
    } else if (status == FOB_OK || status == FOB_E_BUSY) {
        status = FOB_E_NOT_FOUND;
    }
    fob_wipe(report, sizeof(report));
    return status;
}

static enum fob_status await_answer(const struct channel *channel,
                                    struct fob_token_exchange *it)
{
    struct wait wait = {.heard_ms = read_now(channel)};
    struct fob_frame_receiver got;
    enum fob_status status;
    int64_t now_ms = wait.heard_ms;

    wait.end_ms = now_ms + WHOLE_MS;
    fob_frame_receiver_init(&got, it->reply, it->reply_cap);
    for (;;) {
        status = take_report(channel, &got, it, &wait);
        if (status != FOB_E_NOT_FOUND)
            return status == FOB_OK && wait.gave_up ? FOB_E_NOT_TOUCHED
                                                    : status;
        now_ms = read_now(channel);
        if (wait.gave_up && now_ms >= wait.end_ms)
            return FOB_E_NOT_TOUCHED;
        if (now_ms >= wait.end_ms || now_ms - wait.heard_ms >= SILENCE_MS)
            return FOB_E_TOKEN_ABSENT;
        if (!wait.gave_up && !watcher_stays(it, &wait)) {
            status = give_up(channel, &wait);
            if (status != FOB_OK)
                return status;
        }
    }
}

enum fob_status channel_exchange(struct channel *channel,
                                 struct fob_token_exchange *it)
{
    const struct wait busy = {.why = FOB_TOKEN_BUSY};
    int64_t end_ms = read_now(channel) + BUSY_MS;
    enum fob_status status;

    for (;;) {
        it->reply_len = 0;
        status =
            put_message(channel, FOB_FRAME_APDU, it->command, it->command_len);
        if (status == FOB_OK)
            status = await_answer(channel, it);
        channel->is_gone = status == FOB_E_TOKEN_ABSENT;
        if (status != FOB_E_BUSY || read_now(channel) >= end_ms)
            return status;
        if (!watcher_stays(it, &busy))
            return FOB_E_NOT_TOUCHED;
        channel->pipe->pause_ms(channel->context, BUSY_PAUSE_MS);
    }
}

/* INIT on a channel; nobody waits for the answer. */
void channel_close(const struct channel *channel)
{
    static const uint8_t nonce[FOB_FRAME_NONCE];

    if (channel->pipe != NULL && channel->number != FOB_FRAME_BROADCAST &&
        !channel->is_gone)
        (void)!put_message(channel, FOB_FRAME_INIT, nonce, sizeof(nonce));
}
