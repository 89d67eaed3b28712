/* SPDX-License-Identifier: MIT */
/* What a hostile device never says: each wait has an end, in the time that is
 * meant for it. */
#include "tests/lib/hid_device.h"

/* --- without end ---------------------------------------------------------*/

static void say_working(uint8_t *report)
{
    static const uint8_t keepalive[] = {
        0, 0, 0, CHANNEL, FOB_FRAME_KEEPALIVE, 0, 1, FOB_FRAME_WORKING};

    memcpy(report, keepalive, sizeof(keepalive));
}

static void say_touch(uint8_t *report)
{
    say_working(report);
    report[7] = FOB_FRAME_TOUCH;
}

static void say_elsewhere(uint8_t *report)
{
    say_working(report);
    report[3]++;
}

static void say_busy(const uint8_t *report)
{
    (void)report;
    say(FOB_FRAME_ERROR, "06");
}

static void test_endless(void)
{
    open_channel();
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 3000 && took_ms < 4000,
           "silence is waited for 3 s");
    open_channel();
    device.endless = say_elsewhere;
    device.endless_ms = 100;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 3000 && took_ms < 4000,
           "what others are told is silence");
    open_channel();
    device.endless = say_elsewhere;
    device.endless_ms = 1;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms < 4000,
           "so is a flood of it");
    open_channel();
    device.endless = say_working;
    device.endless_ms = 100;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 60000 && took_ms < 61000,
           "a token that works for ever does so for a minute");
    open_channel();
    device.endless = say_touch;
    device.endless_ms = 100;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms < 61000 &&
               device.looks[FOB_TOKEN_TOUCH] > 100,
           "one that waits for a touch as well, and the watcher knows");
    open_channel();
    device.on_put = say_busy;
    tap_ok(ask() == FOB_E_BUSY && took_ms >= 20000 && took_ms < 21000 &&
               device.looks[FOB_TOKEN_BUSY] > 100 &&
               device.puts[FOB_FRAME_APDU] > 100,
           "one that is busy for ever is asked for 20 s");
    open_channel();
    say(FOB_FRAME_ERROR, "06");
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK && device.puts[FOB_FRAME_APDU] == 2,
           "one that was busy is asked again");
    open_channel();
    device.on_put = say_busy;
    device.patience = 3;
    tap_ok(ask() == FOB_E_NOT_TOUCHED && took_ms < 1000,
           "the watcher ends that wait, too");
}

/* --- giving up -----------------------------------------------------------*/

static void refuse_cancel(const uint8_t *report)
{
    if (report[4] == FOB_FRAME_CANCEL)
        say(FOB_FRAME_APDU, "6982");
}

static void test_giving_up(void)
{
    open_channel();
    device.endless = say_touch;
    device.endless_ms = 100;
    device.patience = 5;
    tap_ok(ask() == FOB_E_NOT_TOUCHED && device.puts[FOB_FRAME_CANCEL] == 1 &&
               took_ms >= 1000 && took_ms < 2000,
           "who gives up says so once, and waits 1 s for the answer");
    open_channel();
    device.on_put = refuse_cancel;
    say_raw("00000005 bb 0001 02");
    device.patience = 0;
    tap_ok(ask() == FOB_E_NOT_TOUCHED && took_ms == 0,
           "which is the end of it");
    device.patience = NEVER;
    device.on_put = NULL;
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK, "the channel is good for another command");
    open_channel();
    say_raw("00000005 bb 0001 02");
    say(FOB_FRAME_APDU, "7605 06 00000539 9000");
    device.patience = 0;
    tap_ok(ask() == FOB_E_NOT_TOUCHED, "a code that comes all the same is not "
                                       "used");
}

int main(void)
{
    test_endless();
    test_giving_up();
    return tap_done();
}
