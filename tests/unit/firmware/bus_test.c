/* SPDX-License-Identifier: MIT */
/* The two interfaces on the pipes of the USB device, and what the bus does to
 * them. */
#include "tests/lib/tap.h"
#include "tests/lib/usb_token.h"

enum { HID = TOKEN_HID, CCID = TOKEN_CCID };

#define INIT "ffffffff 86 0008 0102030405060708"
#define CHANNEL "ffffffff 86 0011 0102030405060708 00000001"
#define CHOOSE "00a4040007a0000005272101"
#define LIST "00a10000"
#define ATR "3bf31300008131fe15666f62d0"

static void open(void)
{
    (void)token_plug_in();
    token_pass_ms(PRESENCE_FRESH_MS);
    token_report(INIT);
    (void)token_says(HID, CHANNEL);
    token_message("62 00000000 00 01 000000");
    (void)token_says(CCID, "80 0d000000 00 01 000000" ATR);
}

static void test_faces(void)
{
    tap_ok(token_plug_in(), "it enumerates");
    tap_ok(token_says(HID, "") && token_says(CCID, ""), "and says nothing");
    token_report(INIT);
    tap_ok(token_says(HID, CHANNEL) && token_says(HID, ""),
           "HID answers with one report");
    token_message("62 00000000 00 01 000000");
    tap_ok(token_says(CCID, "80 0d000000 00 01 000000" ATR) &&
               token_says(CCID, ""),
           "CCID with one message");
    token_report("00000001 83 000c" CHOOSE);
    token_message("6f 0c000000 00 02 00 0000" CHOOSE);
    tap_ok(token_says(CCID, "80 11000000 00 02 000000 7903050403") &&
               token_says(HID, "00000001 83 0011 7903050403"),
           "both at once");
}

/* Eight reports there and back, and nine packets there. */
static void test_long(void)
{
    static char hex[1100];
    bool good = true;

    open();
    token_report("00000001 81 01d6");
    for (int i = 0; i < 7; i++) {
        snprintf(hex, sizeof(hex), "00000001 %02x %0118d", i, i);
        token_report(hex);
    }
    good = token_says(HID, "00000001 81 01d6");
    for (int i = 0; i < 7; i++) {
        snprintf(hex, sizeof(hex), "00000001 %02x %0118d", i, i);
        good = good && token_says(HID, hex);
    }
    tap_ok(good && token_says(HID, ""), "a message of many reports comes back");
    snprintf(hex, sizeof(hex),
             "6f 09020000 00 05 00 0000 00ee0000 000200 %01024d"
             "0000",
             0);
    token_message(hex);
    tap_ok(token_says(CCID, "80 02000000 00 05 000000 6d00"),
           "the longest CCID message is taken");
}

/* A host that reads nothing is held up, and nothing is lost. */
static void test_slow_host(void)
{
    uint8_t ping[64] = {0, 0, 0, 1, 0x81, 0, 1};
    int sent = 0, answers = 0;

    open();
    channels_out(ping);
    while (sent < 20 && wire_out(HID, ping, 64) == WIRE_ACK) {
        host_let_run();
        sent++;
    }
    tap_ok(sent < 20 && wire_out(HID, ping, 64) == WIRE_NAK,
           "with answers unread, the host is made to wait");
    while (answers <= sent && host_receive(HID, 64) == WIRE_ACK) {
        host_let_run();
        answers += host_data[4] == 0x81 || host_data[7] == 0x06;
    }
    tap_ok(answers == sent, "and has an answer to each report");
    token_report("00000001 81 0001 33");
    tap_ok(token_says(HID, "00000001 81 0001 33"), "then it goes on");
}

static void test_odd_reports(void)
{
    open();
    (void)host_out(HID, "\0\0\0\1\x81\0\0", 7);
    tap_ok(token_says(HID, ""), "what is no report of 64 bytes is passed over");
    token_report("00000001 81 0001 33");
    tap_ok(token_says(HID, "00000001 81 0001 33"), "and the next one is not");
}

/* --- what the bus does ---------------------------------------------------*/

static void select_both(void)
{
    token_report("00000001 83 000c" CHOOSE);
    (void)token_says(HID, "00000001 83 0011");
    token_message("6f 0c000000 00 02 00 0000" CHOOSE);
    (void)token_says(CCID, "80 11000000 00 02 000000");
}

static bool is_as_new(void)
{
    bool good;

    token_report("00000001 83 0004" LIST);
    good = token_says(HID, "00000001 bf 0001 0b");
    channels_forget();
    token_report(INIT);
    good = good && token_says(HID, CHANNEL);
    token_report("00000001 83 0004" LIST);
    good = good && token_says(HID, "00000001 83 0002 6d00");
    token_message("6f 04000000 00 03 00 0000" LIST);
    good = good && token_says(CCID, "80 00000000 00 03 41fe00");
    token_message("62 00000000 00 01 000000");
    return good && token_says(CCID, "80 0d000000 00 01 000000" ATR);
}

static void test_anew(void)
{
    open();
    select_both();
    token_report("00000001 83 0004" LIST);
    tap_ok(token_says(HID, "00000001 83 0002 9000"), "a session is there");
    tap_ok(host_enumerate() && is_as_new(),
           "after a bus reset there are no sessions, channels and power");
    select_both();
    tap_ok(host_configure(1) && is_as_new(),
           "nor after a configuration was chosen");
    token_report("00000001 81 0100");
    token_message("6f 0c000000 00");
    tap_ok(host_enumerate() && is_as_new(),
           "half a message on either pipe is forgotten");
    token_report("00000001 81 0001 33");
    token_message("65 00000000 00 07 000000");
    tap_ok(host_enumerate() && is_as_new(), "and so is an unread answer");
}

#define TOUCHED "00010000 0a 710174 7303210601 7802"
#define CODE "00a20001 0d 710174 7408 0000000000000001"

static void begin_touch(void)
{
    open();
    select_both();
    token_message("6f 0f000000 00 03 00 0000" TOUCHED);
    (void)token_says(CCID, "80 02000000 00 03 000000 9000");
    token_message("6f 12000000 00 04 00 0000" CODE);
}

static void test_touch(void)
{
    begin_touch();
    tap_ok(token_says(CCID, ""), "a code with touch waits");
    token_pass_ms(400);
    tap_ok(token_says(CCID, "80 00000000 00 04 800100"), "and asks for time");
    token_report("00000001 83 0004" LIST);
    tap_ok(token_says(HID, "00000001 bf 0001 06"), "HID is told to wait");
    token_press();
    tap_ok(token_says(CCID, "80 09000000 00 04 000000 760506"),
           "a press brings the code");
}

static void test_abort(void)
{
    begin_touch();
    tap_ok(host_set(0x21, 1, 0x0500, 1) == WIRE_ACK &&
               token_says(CCID, "80 02000000 00 04 000000 6982"),
           "the ABORT request ends a wait");
    token_message("72 00000000 00 05 000000");
    tap_ok(token_says(CCID, "81 00000000 00 05 000000"),
           "and its message is answered");
    begin_touch();
    tap_ok(host_enumerate() && token_bus.app.progress == FOB_IDLE,
           "so does a bus reset");
    token_press();
    tap_ok(is_as_new() && token_says(CCID, ""), "and a press gives no code");
    begin_touch();
    (void)host_set(0x21, 1, 0x0500, 1);
    (void)token_says(CCID, "80 02000000 00 04 000000 6982");
    token_report("00000001 83 0012" CODE);
    tap_ok(token_says(HID, "00000001 bb 0001 02") && host_enumerate() &&
               token_bus.app.progress == FOB_IDLE && is_as_new(),
           "nor to HID");
}

/* --- sleep ---------------------------------------------------------------*/

static void test_sleep(void)
{
    bool slept = false;

    open();
    tap_ok(!token_turn() && !token_turn(), "a token with nothing to do sleeps");
    token_message("65 00000000 00 07 000000");
    token_message("65 00000000 00 08 000000");
    tap_ok(!token_turn(), "also with answers that nobody reads");
    begin_touch();
    tap_ok(!token_turn(), "and while it waits for the button");
    sim_board.clock_ms += PRESENCE_SETTLE_MS;
    (void)token_turn();
    sim_board.button = true;
    (void)token_turn();
    sim_board.clock_ms += PRESENCE_SETTLE_MS;
    while (!slept && wire_ask(CCID, true) == WIRE_NAK)
        slept = !token_turn();
    tap_ok(!slept, "from the press to the code it does not");
}

/* --- a reset ---------------------------------------------------------------*/

/* It has to erase what 300 records of an account have filled; false when it
 * did not begin. */
static bool begin_reset(void)
{
    uint8_t reset[64] = {0, 0, 0, 1, 0x83, 0, 4, 0, 4, 0xde, 0xad};

    (void)token_plug_in();
    token_report(INIT);
    (void)token_says(HID, CHANNEL);
    token_report("00000001 83 000c" CHOOSE);
    (void)token_says(HID, "00000001 83 0011");
    for (int i = 0; i < 300; i++) {
        token_report("00000001 83 000f" TOUCHED);
        (void)token_says(HID, "00000001 83 0002 9000");
    }
    channels_out(reset);
    (void)host_out(HID, reset, sizeof(reset));
    token_pass_ms(1000);
    return token_bus.app.oath.store.is_resetting;
}

static bool ends(void)
{
    for (int i = 0; i < 200 && token_bus.app.oath.store.is_resetting; i++)
        token_pass_ms(50);
    return !token_bus.app.oath.store.is_resetting &&
           token_bus.app.oath.store.is_open &&
           token_bus.app.oath.store.uses == 0;
}

static void test_reset(void)
{
    static const uint8_t none[STORE_ID];

    tap_ok(begin_reset() && ends() && token_bus.app.progress != FOB_WORKING,
           "a reset ends");
    (void)begin_reset();
    tap_ok(host_enumerate() && token_bus.app.oath.store.is_resetting,
           "a host enumerates in the middle of it");
    token_message("62 00000000 00 01 000000");
    (void)token_says(CCID, "80 0d000000 00 01 000000" ATR);
    token_message("6f 0c000000 00 02 00 0000" CHOOSE);
    tap_ok(token_says(CCID, "") && ends(), "it goes on, and commands wait");
    tap_ok(token_says(CCID, "80 11000000 00 02 000000 7903050403") &&
               memcmp(token_bus.app.oath.store.id, none, STORE_ID) != 0,
           "for a token that is as new");
}

/* Nobody polls a pipe whose program is gone. */
static void test_dead_reader(void)
{
    open();
    token_report("00000001 83 000c" CHOOSE);
    token_report("00000001 83 0004" LIST);
    token_message("6f 0c000000 00 02 00 0000" CHOOSE);
    tap_ok(token_says(CCID, ""), "a reply that is just there holds the token");
    token_pass_ms(500);
    tap_ok(token_says(CCID, "80") &&
               (host_data[7] == 0 || token_says(CCID, "80 11000000 00 02")),
           "one that nobody fetches does not");
}

int main(void)
{
    test_faces();
    test_long();
    test_slow_host();
    test_odd_reports();
    test_anew();
    test_touch();
    test_abort();
    test_sleep();
    test_reset();
    test_dead_reader();
    tap_ok(wire.lost == 0, "and no data toggle was ever wrong");
    return tap_done();
}
