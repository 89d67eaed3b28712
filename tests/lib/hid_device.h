/* SPDX-License-Identifier: MIT */
/*
 * A hostile device at the other end of a channel.  A test says what it says,
 * by hand or, when that is used up, without end; time is the pipe's, and
 * passes only while it is waited for.
 */
#ifndef FOB_TESTS_LIB_HID_DEVICE_H
#define FOB_TESTS_LIB_HID_DEVICE_H

#include "host/token/channel.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

enum {
    CHANNEL = 5,
    QUEUE_MAX = 256,
    REPLY_CAP = 300,
    NEVER = -1,
};

static struct {
    int64_t now_ms;
    struct {
        int64_t at_ms;
        uint8_t report[FOB_FRAME_REPORT];
    } queue[QUEUE_MAX];
    size_t next, count;
    void (*on_put)(const uint8_t *report);
    void (*endless)(uint8_t *report);
    int endless_ms; /* apart */
    int calls, fails_at;
    enum fob_status fault;
    unsigned puts[256]; /* initial reports, by command */
    int looks[3];       /* of the watcher, by reason */
    int patience;       /* looks until it gives up */
} device;

/* --- what the device says ------------------------------------------------*/

static void say_report(int after_ms, const uint8_t *report)
{
    if (device.count == QUEUE_MAX)
        exit(1);
    device.queue[device.count].at_ms = device.now_ms + after_ms;
    memcpy(device.queue[device.count++].report, report, FOB_FRAME_REPORT);
}

static void say_on(uint32_t channel, enum fob_frame_command command,
                   const char *hex)
{
    size_t len;
    uint8_t *data = exact_hex(hex, &len), report[FOB_FRAME_REPORT];
    struct fob_frame_sender sender;

    fob_frame_send(&sender, channel, command, data, len);
    while (fob_frame_next(&sender, report))
        say_report(0, report);
    free(data);
}

__attribute__((unused)) static void say(enum fob_frame_command command,
                                        const char *hex)
{
    say_on(CHANNEL, command, hex);
}

/* Bytes as they are, zeros after them. */
__attribute__((unused)) static void say_raw(const char *hex)
{
    size_t len;
    uint8_t *data = exact_hex(hex, &len), report[FOB_FRAME_REPORT] = {0};

    memcpy(report, data, len);
    say_report(0, report);
    free(data);
}

__attribute__((unused)) static void answer_init(const uint8_t *report)
{
    uint8_t answer[FOB_FRAME_REPORT] = {
        0xff, 0xff, 0xff, 0xff, FOB_FRAME_INIT, 0, FOB_FRAME_INIT_REPLY};

    if (report[4] != FOB_FRAME_INIT)
        return;
    memcpy(answer + 7, report + 7, FOB_FRAME_NONCE);
    answer[7 + FOB_FRAME_NONCE + 3] = CHANNEL;
    say_report(1, answer);
}

/* --- the pipe ------------------------------------------------------------*/

static bool fails_now(void)
{
    return device.calls++ == device.fails_at;
}

static enum fob_status put(void *context,
                           const uint8_t report[static FOB_FRAME_REPORT])
{
    uint8_t command;

    (void)context;
    if (fails_now())
        return device.fault;
    if (fob_frame_is_first(report, &command))
        device.puts[command]++;
    if (device.on_put != NULL)
        device.on_put(report);
    return FOB_OK;
}

static enum fob_status get(void *context,
                           uint8_t report[static FOB_FRAME_REPORT], int wait_ms)
{
    (void)context;
    if (fails_now())
        return device.fault;
    if (device.next < device.count &&
        device.queue[device.next].at_ms <= device.now_ms + wait_ms) {
        if (device.now_ms < device.queue[device.next].at_ms)
            device.now_ms = device.queue[device.next].at_ms;
        memcpy(report, device.queue[device.next++].report, FOB_FRAME_REPORT);
        return FOB_OK;
    }
    if (device.endless != NULL && device.next == device.count &&
        device.endless_ms <= wait_ms) {
        device.now_ms += device.endless_ms;
        device.endless(report);
        return FOB_OK;
    }
    device.now_ms += wait_ms;
    return FOB_E_BUSY;
}

static int64_t now_ms(void *context)
{
    (void)context;
    return device.now_ms;
}

static void pause_ms(void *context, int ms)
{
    (void)context;
    device.now_ms += ms;
}

static const struct channel_pipe pipe_of_test = {put, get, now_ms, pause_ms};

static bool look(void *context, enum fob_token_wait why)
{
    (void)context;
    device.looks[why]++;
    return device.patience == NEVER || device.patience-- > 0;
}

/* --- an exchange ---------------------------------------------------------*/

static struct channel channel;
static int64_t took_ms;
static size_t got_len;

__attribute__((unused)) static void plug(void (*on_put)(const uint8_t *report))
{
    memset(&device, 0, sizeof device);
    device.fails_at = NEVER;
    device.patience = NEVER;
    device.on_put = on_put;
}

static enum fob_status ask(void)
{
    static const struct fob_token_watch watch = {look, NULL};
    uint8_t *reply = exact_copy(NULL, REPLY_CAP);
    struct fob_token_exchange it = {.command = (const uint8_t *)"\0\xa1\0",
                                    .command_len = 4,
                                    .reply = reply,
                                    .reply_cap = REPLY_CAP,
                                    .watch = &watch};
    int64_t start_ms = device.now_ms;
    enum fob_status status = channel_exchange(&channel, &it);

    took_ms = device.now_ms - start_ms;
    got_len = it.reply_len;
    free(reply);
    return status;
}

/* A channel, and from then on what the test says. */
__attribute__((unused)) static void open_channel(void)
{
    plug(answer_init);
    if (channel_open(&channel, &pipe_of_test, NULL) != FOB_OK) {
        printf("Bail out! no channel\n");
        exit(1);
    }
    device.on_put = NULL;
}

#endif
