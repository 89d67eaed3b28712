/* SPDX-License-Identifier: MIT */
/* The HID interface: channels, one message at a time, keepalive, cancel. */
#include "firmware/app/transport/hid.h"
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

static struct fob_hid hid;
static uint8_t report[FOB_FRAME_REPORT];

/* Send the start of a report in hex, the rest zeros. */
static void send(const char *hex)
{
    uint8_t out[FOB_FRAME_REPORT] = {0};
    size_t len;
    uint8_t *bytes = exact_hex(hex, &len);

    memcpy(out, bytes, len);
    fob_hid_take(&hid, out);
    free(bytes);
}

/* Whether the next report begins so. */
static bool next_is(const char *hex)
{
    size_t len;
    uint8_t *wanted = exact_hex(hex, &len);
    bool good = fob_hid_next(&hid, report) && memcmp(report, wanted, len) == 0;

    free(wanted);
    return good;
}

static bool is_silent(void)
{
    return !fob_hid_next(&hid, report);
}

/* Pass over the next report. */
static void skip(void)
{
    if (!fob_hid_next(&hid, report))
        printf("# nothing to skip\n");
}

static void open(void)
{
    fixture_open();
    fob_hid_init(&hid, &fixture_app);
    fixture_pass_ms(PRESENCE_FRESH_MS);
}

static void take_channel(void)
{
    send("ffffffff 86 0008 0102030405060708");
    skip();
}

#define CHOOSE "83 000c 00a4040007a0000005272101"

static void test_init(void)
{
    open();
    send("ffffffff 86 0008 0102030405060708");
    tap_ok(next_is("ffffffff 86 0011 0102030405060708 00000001 01 000000 01") &&
               is_silent(),
           "INIT hands out a channel");
    send("ffffffff 86 0008 0102030405060708");
    tap_ok(next_is("ffffffff 86 0011 0102030405060708 00000002"),
           "and then another");
    send("00000003 83 0004 00a10000");
    tap_ok(next_is("00000003 bf 0001 0b"), "others are refused");
    send("00000000 83 0004 00a10000");
    tap_ok(next_is("00000000 bf 0001 0b"), "and so is channel 0");
    send("00000003 86 0008 0102030405060708");
    tap_ok(next_is("00000003 bf 0001 0b") && is_silent(),
           "nor does INIT make a channel of another's choice");
    send("00000001 c0 0000");
    tap_ok(next_is("00000001 bf 0001 01"), "and an unknown command");
}

static void test_message(void)
{
    open();
    take_channel();
    send("00000001" CHOOSE);
    tap_ok(is_silent(), "the answer comes when the token has worked");
    fob_app_poll(&fixture_app);
    tap_ok(next_is("00000001 83 0011 79030504037108") && is_silent(),
           "and then it is there");
    send("00000001 81 0064");
    tap_ok(is_silent(), "a long message is waited for");
    send("00000001 00");
    tap_ok(next_is("00000001 81 0064") && next_is("00000001 00") && is_silent(),
           "and PING sends it back");
    send("00000001 81 0064");
    send("00000001 00");
    tap_ok(next_is("00000001 81 0064"), "half of an answer is out");
    send("00000001 81 0001 55");
    tap_ok(next_is("00000001 bf 0001 06") && next_is("00000001 00"),
           "then a message has to wait, and the answer goes on");
    send("00000001 88 0000");
    tap_ok(next_is("00000001 88 0000"), "WINK is answered");
    send("00000001 81 020a");
    tap_ok(next_is("00000001 bf 0001 03"), "a message over 521 bytes is not");
}

static void test_order(void)
{
    open();
    take_channel();
    take_channel();
    send("00000001 81 0064");
    send("00000001 01");
    tap_ok(next_is("00000001 bf 0001 04") && is_silent(),
           "a report out of order ends the message");
    send("00000001 81 0064");
    send("00000002 81 0001 55");
    tap_ok(next_is("00000002 bf 0001 06"), "another program waits");
    send("00000001 81 0001 55");
    tap_ok(next_is("00000001 bf 0001 04"), "the same one is out of step");
    send("00000001 81 0064");
    fixture_pass_ms(500);
    tap_ok(next_is("00000001 bf 0001 05"), "and is not waited for for ever");
    send("00000001 81 0064");
    send("00000001 86 0008 0102030405060708");
    tap_ok(next_is("00000001 86 0011 0102030405060708 00000001"),
           "INIT on a channel brings it into step");
    send("00000001 81 0001 55");
    tap_ok(next_is("00000001 81 0001 55"), "and then it works");
}

static void test_sessions(void)
{
    open();
    take_channel();
    take_channel();
    send("00000001" CHOOSE);
    fob_app_poll(&fixture_app);
    skip();
    send("00000001 83 0004 00a10000");
    fob_app_poll(&fixture_app);
    tap_ok(next_is("00000001 83 0002 9000"), "a channel has its session");
    send("00000002 83 0004 00a10000");
    fob_app_poll(&fixture_app);
    tap_ok(next_is("00000002 83 0002 6d00"), "another one has not");
}

#define TOUCHED "00000001 83 000f 00010000 0a 710174 7303210601 7802"
#define CODE "00000001 83 0012 00a20001 0d 710174 7408 0000000000000001"

static void begin_touch(void)
{
    open();
    take_channel();
    send("00000001" CHOOSE);
    fob_app_poll(&fixture_app);
    skip();
    send(TOUCHED);
    fob_app_poll(&fixture_app);
    tap_ok(next_is("00000001 83 0002 9000"), "a touch account is put");
    send(CODE);
    fob_app_poll(&fixture_app);
}

static void test_touch(void)
{
    begin_touch();
    tap_ok(next_is("00000001 bb 0001 02") && is_silent(),
           "a keepalive says what is waited for");
    fixture_pass_ms(99);
    tap_ok(is_silent(), "and is said again");
    fixture_pass_ms(1);
    tap_ok(next_is("00000001 bb 0001 02"), "after 100 ms");
    send("00000001 83 0004 00a10000");
    tap_ok(next_is("00000001 bf 0001 06"), "the token is busy meanwhile");
    fixture_press();
    tap_ok(next_is("00000001 83 0009 7605"), "then the code comes");
    send(CODE);
    fob_app_poll(&fixture_app);
    skip();
    send("00000002 91 0000");
    tap_ok(is_silent(), "another channel cannot cancel");
    send("00000001 91 0000");
    tap_ok(next_is("00000001 83 0002 6982") && is_silent(),
           "its own can, and is told so once");
}

/* A program that goes away while the token waits must not leave it stuck. */
static void test_abandoned(void)
{
    begin_touch();
    send("00000001 86 0008 0102030405060708");
    skip();
    tap_ok(fob_app_progress(&fixture_app, FOB_INTERFACE_HID) == FOB_IDLE,
           "INIT ends a wait");
    send("00000001" CHOOSE);
    fob_app_poll(&fixture_app);
    skip();
    fixture_power();
    send("00000001" CHOOSE);
    fob_app_poll(&fixture_app);
    skip();
    send("00000001 83 0004 0004dead");
    fob_app_poll(&fixture_app);
    send("00000001 86 0008 0102030405060708");
    skip();
    for (int i = 0; i < 100; i++)
        fob_app_poll(&fixture_app);
    tap_ok(fob_app_progress(&fixture_app, FOB_INTERFACE_HID) == FOB_IDLE &&
               fixture_app.oath.store.is_open,
           "a reset is finished though nobody waits for it");
}

static void test_busy(void)
{
    static const uint8_t list[] = {0, 0xa1, 0, 0};

    open();
    take_channel();
    if (fob_app_submit(&fixture_app, FOB_INTERFACE_CCID, list, sizeof(list)) !=
        FOB_OK)
        printf("# busy\n");
    send("00000001" CHOOSE);
    tap_ok(next_is("00000001 bf 0001 06") && is_silent(),
           "while the other interface has the token, this one is told to wait");
}

int main(void)
{
    test_init();
    test_message();
    test_order();
    test_sessions();
    test_touch();
    test_abandoned();
    test_busy();
    return tap_done();
}
