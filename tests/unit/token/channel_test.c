/* SPDX-License-Identifier: MIT */
/* What a hostile device answers: whatever it is, it has a name, and none of it
 * lies outside of its room. */
#include "tests/lib/hid_device.h"

/* --- a channel -----------------------------------------------------------*/

static void say_other_nonce(const uint8_t *report)
{
    (void)report;
    say_on(FOB_FRAME_BROADCAST, FOB_FRAME_INIT,
           "0000000000000000 00000007 0100000001");
}

static void say_short_init(const uint8_t *report)
{
    uint8_t answer[FOB_FRAME_REPORT] = {0xff,           0xff, 0xff, 0xff,
                                        FOB_FRAME_INIT, 0,    12};

    memcpy(answer + 7, report + 7, FOB_FRAME_NONCE);
    say_report(0, answer);
}

static void say_init_elsewhere(const uint8_t *report)
{
    answer_init(report);
    device.queue[device.count - 1].report[0] = 0;
}

static void say_long_init(const uint8_t *report)
{
    answer_init(report);
    device.queue[device.count - 1].report[5] = 0xff;
}

static void flood(uint8_t *report)
{
    memset(report, 0xa5, FOB_FRAME_REPORT);
}

static void test_open(void)
{
    static const struct {
        void (*on_put)(const uint8_t *report);
        const char *what;
    } bad[] = {
        {NULL, "silence"},
        {say_other_nonce, "an answer to somebody else"},
        {say_short_init, "an answer that is too short"},
        {say_long_init, "an answer that claims more than a report"},
        {say_init_elsewhere, "an answer on another channel"},
    };

    open_channel();
    tap_ok(channel.number == CHANNEL, "a channel is given");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        plug(bad[i].on_put);
        tap_ok(channel_open(&channel, &pipe_of_test, NULL) ==
                       FOB_E_TOKEN_ABSENT &&
                   device.now_ms == 2000,
               "INIT: %s is no token, after 2 s", bad[i].what);
    }
    plug(NULL);
    device.endless = flood;
    device.endless_ms = 1;
    tap_ok(channel_open(&channel, &pipe_of_test, NULL) == FOB_E_TOKEN_ABSENT &&
               device.now_ms == 2000,
           "INIT: nor is a flood");
}

/* --- answers -------------------------------------------------------------*/

static void test_answers(void)
{
    static const struct {
        enum fob_frame_command command;
        const char *hex;
        enum fob_status status;
        const char *what;
    } one[] = {
        {FOB_FRAME_APDU, "9000", FOB_OK, "a whole answer"},
        {FOB_FRAME_APDU, "90", FOB_E_DAMAGED, "one byte"},
        {FOB_FRAME_APDU, "", FOB_E_DAMAGED, "no byte"},
        {FOB_FRAME_PING, "9000", FOB_E_DAMAGED, "another command's"},
        {FOB_FRAME_WINK, "", FOB_E_DAMAGED, "another command's, empty"},
        {FOB_FRAME_INIT, "0000000000000000 00000007 0100000001", FOB_E_DAMAGED,
         "an INIT nobody asked for"},
        {FOB_FRAME_ERROR, "01", FOB_E_DAMAGED, "unknown command"},
        {FOB_FRAME_ERROR, "", FOB_E_DAMAGED, "an error without a number"},
        {FOB_FRAME_ERROR, "0606", FOB_E_DAMAGED, "an error with two"},
    };

    for (size_t i = 0; i < sizeof(one) / sizeof(one[0]); i++) {
        open_channel();
        say(one[i].command, one[i].hex);
        tap_ok(ask() == one[i].status && took_ms == 0, "answered with %s",
               one[i].what);
    }
}

static void test_lengths(void)
{
    uint8_t last[FOB_FRAME_REPORT] = {0, 0, 0, CHANNEL, 4};

    open_channel();
    say_raw("00000005 83 012c");
    for (int i = 0; i < 4; i++) {
        uint8_t part[FOB_FRAME_REPORT] = {0, 0, 0, CHANNEL, (uint8_t)i};

        say_report(0, part);
    }
    say_report(0, last);
    tap_ok(ask() == FOB_OK && got_len == REPLY_CAP,
           "an answer that fills its room to the byte");
    open_channel();
    say_raw("00000005 83 012d");
    tap_ok(ask() == FOB_E_DAMAGED && got_len == 0, "one byte more is refused");
    open_channel();
    say_raw("00000005 83 ffff");
    tap_ok(ask() == FOB_E_DAMAGED, "so is all that a length can say");
    open_channel();
    say_raw("00000005 83 0064");
    say_raw("00000005 01");
    tap_ok(ask() == FOB_E_DAMAGED, "a part is missing");
    open_channel();
    say_raw("00000005 83 0064");
    say_raw("00000005 00");
    say_raw("00000005 01");
    tap_ok(ask() == FOB_OK && device.next == device.count - 1,
           "one part too many is left for nobody");
    open_channel();
    say_raw("00000005 83 0064");
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 3000 && took_ms < 4000,
           "half an answer, then silence");
    open_channel();
    say_raw("00000005 05");
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK, "the rest of an older answer is passed over");
    open_channel();
    say_raw("00000005 83 0064");
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK, "an answer that begins anew");
}

/* --- faults of the pipe --------------------------------------------------*/

/* Open and ask, with an answer of several reports after a busy token. */
static enum fob_status whole(void)
{
    enum fob_status status = channel_open(&channel, &pipe_of_test, NULL);

    if (status != FOB_OK)
        return status;
    say(FOB_FRAME_ERROR, "06");
    say_raw("00000005 bb 0001 01");
    say_raw("00000005 83 0064");
    say_raw("00000005 00");
    return ask();
}

static void test_faults(void)
{
    static const enum fob_status faults[] = {FOB_E_TOKEN_ABSENT, FOB_E_DAMAGED,
                                             FOB_E_FAILED};
    int calls;

    plug(answer_init);
    tap_ok(whole() == FOB_OK, "no fault");
    calls = device.calls;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        for (int at = 0; at < calls; at++) {
            plug(answer_init);
            device.fails_at = at;
            device.fault = faults[i];
            tap_ok(whole() == faults[i] && got_len <= REPLY_CAP,
                   "call %d of the pipe fails with %#x, which is told", at,
                   (unsigned)faults[i]);
        }
}

/* --- goodbye -------------------------------------------------------------*/

static uint8_t last_put[FOB_FRAME_REPORT];

static void keep_put(const uint8_t *report)
{
    memcpy(last_put, report, FOB_FRAME_REPORT);
}

/* Whoever writes on the channel later finds nothing established there. */
static void test_close(void)
{
    open_channel();
    device.on_put = keep_put;
    say(FOB_FRAME_APDU, "9000");
    (void)ask();
    channel_close(&channel);
    tap_ok(device.puts[FOB_FRAME_INIT] == 2 && last_put[3] == CHANNEL &&
               last_put[4] == FOB_FRAME_INIT && took_ms == 0,
           "a channel is left with an INIT on it");
    open_channel();
    (void)ask();
    channel_close(&channel);
    tap_ok(device.puts[FOB_FRAME_INIT] == 1,
           "not when the device is silent already");
    plug(NULL);
    (void)!channel_open(&channel, &pipe_of_test, NULL);
    channel_close(&channel);
    channel_close(&(struct channel){0});
    tap_ok(device.puts[FOB_FRAME_INIT] == 1, "nor when there never was one");
}

int main(void)
{
    test_open();
    test_answers();
    test_lengths();
    test_faults();
    test_close();
    return tap_done();
}
