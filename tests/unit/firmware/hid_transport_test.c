/* SPDX-License-Identifier: MIT */
/* The HID interface: channels, one message at a time, keepalive, cancel. */
#include "firmware/app/transport/hid.h"
#include "tests/lib/channels.h"
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
    channels_out(out);
    fob_hid_take(&hid, out);
    free(bytes);
}

static bool receive(void)
{
    bool is_there = fob_hid_next(&hid, report);

    if (is_there)
        channels_in(report);
    return is_there;
}

/* Whether the next report begins so. */
static bool next_is(const char *hex)
{
    size_t len;
    uint8_t *wanted = exact_hex(hex, &len);
    bool good = receive() && memcmp(report, wanted, len) == 0;

    free(wanted);
    return good;
}

static bool is_silent(void)
{
    return !receive();
}

/* Pass over the next report. */
static void skip(void)
{
    if (!receive())
        printf("# nothing to skip\n");
}

static void open(void)
{
    channels_forget();
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
    fixture_pass_ms(400);
    send("00000002 00 55");
    send("00000001 01 55");
    (void)next_is("00000001 bf 0001 04");
    send("00000001 81 0200");
    fixture_pass_ms(400);
    send("00000001 00 55");
    fixture_pass_ms(100);
    tap_ok(next_is("00000001 bf 0001 05"),
           "nor does a part that comes late win time");
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

/* --- whose channel it is -------------------------------------------------*/

/* A session on channel 1. */
static void begin_session(void)
{
    take_channel();
    send("00000001" CHOOSE);
    fob_app_poll(&fixture_app);
    skip();
}

static bool has_session(void)
{
    send("00000001 83 0004 00a10000");
    fob_app_poll(&fixture_app);
    return next_is("00000001 83 0002 9000");
}

/* Numbers that nobody can count on to: all bits vary, and none comes twice. */
static void test_numbers(void)
{
    uint32_t ones = 0, zeros = 0;
    bool differ = true;

    open();
    for (uint32_t i = 0; i < CHANNELS_MAX; i++) {
        take_channel();
        ones |= channels_given[i];
        zeros |= ~channels_given[i];
        for (uint32_t before = 0; before < i; before++)
            differ &= channels_given[i] != channels_given[before];
    }
    tap_ok(differ && ones == UINT32_MAX && zeros == UINT32_MAX,
           "channels are random numbers");
    open();
    sim_board.seed = 2;
    take_channel();
    tap_ok(channels_given[0] != 1 && channels_given[0] != ones,
           "also the first one after power-up");
    open();
    begin_session();
    send("00000002 83 0004 00a10000");
    tap_ok(next_is("00000002 bf 0001 0b") && has_session(),
           "one more than another's is nobody's");
    send("ffffffff 83 0004 00a10000");
    tap_ok(next_is("ffffffff bf 0001 0b"),
           "and on the broadcast channel there is only INIT");
    sim_board.is_random_broken = true;
    send("ffffffff 86 0008 0102030405060708");
    tap_ok(next_is("ffffffff 86 0011 0102030405060708 00000002") &&
               has_session(),
           "when random numbers fail, those of before make up a new one");
    sim_board.is_random_broken = false;
}

/* Eight programs at a time; one that waits for the button keeps its own. */
static void test_many(void)
{
    open();
    begin_session();
    for (int i = 0; i < FOB_HID_CHANNELS - 1; i++)
        take_channel();
    tap_ok(has_session(), "seven other channels leave a session alone");
    for (int i = 0; i < FOB_HID_CHANNELS; i++)
        take_channel();
    send("00000001 83 0004 00a10000");
    tap_ok(next_is("00000001 bf 0001 0b"), "eight newer ones end a channel");
    send("00000010 83 0004 00a10000");
    fob_app_poll(&fixture_app);
    tap_ok(next_is("00000010 83 0002 6d00"), "and nobody has its session");
}

/* Whoever looks for a channel that has a session finds none with one. */
static void test_guesses(void)
{
    static const char *const guesses[] = {"a5a5a5a5 83 0004 00a10000",
                                          "a5a5a5a5 91 0000", "a5a5a5a5 00",
                                          "a5a5a5a5 86 0008 01"};

    for (size_t how = 0; how < sizeof(guesses) / sizeof(guesses[0]); how++) {
        open();
        begin_session();
        for (int i = 0; i < 63; i++) {
            send(guesses[how]);
            (void)is_silent();
        }
        tap_ok(has_session(), "63 wrong channels end no session");
        send(guesses[how]);
        (void)is_silent();
        send("00000001 83 0004 00a10000");
        fob_app_poll(&fixture_app);
        tap_ok(next_is("00000001 83 0002 6d00"), "64 do");
    }
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

/* The command that is under way is its owner's, whatever others try. */
static void test_touch_kept(void)
{
    begin_touch();
    skip();
    for (int i = 0; i < 3 * FOB_HID_CHANNELS; i++)
        take_channel();
    for (int i = 0; i < 64; i++) {
        send("a5a5a5a5 91 0000");
        (void)is_silent();
    }
    fixture_press();
    tap_ok(next_is("00000001 83 0009 7605"),
           "others' channels and guesses do not end a wait for the button");
}

/* A part of another's message does not keep ours from timing out. */
static void test_foreign_part(void)
{
    open();
    take_channel();
    take_channel();
    send("00000001 81 0064");
    fixture_pass_ms(400);
    send("00000002 00");
    fixture_pass_ms(100);
    tap_ok(next_is("00000001 bf 0001 05"),
           "another channel's report keeps no message waiting");
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
    test_numbers();
    test_many();
    test_guesses();
    test_touch();
    test_touch_kept();
    test_foreign_part();
    test_abandoned();
    test_busy();
    return tap_done();
}
