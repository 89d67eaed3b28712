/* SPDX-License-Identifier: MIT */
/* The CCID interface: messages, chaining, time extension, errors. */
#include "firmware/app/transport/ccid.h"
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

static struct fob_ccid ccid;

/* A transfer, as far as it goes. */
static void send(const char *hex)
{
    size_t len, at = 0;
    uint8_t *bytes = exact_hex(hex, &len);

    for (; at < len && fob_ccid_is_ready(&ccid); at += FOB_CCID_PACKET)
        fob_ccid_take(&ccid, bytes + at,
                      len - at < FOB_CCID_PACKET ? len - at : FOB_CCID_PACKET);
    free(bytes);
    fob_app_poll(&fixture_app);
}

/* Whether the next message is just this. */
static bool next_is(const char *hex)
{
    size_t len, got;
    uint8_t *wanted = exact_hex(hex, &len);
    const uint8_t *message = fob_ccid_next(&ccid, &got);
    bool good =
        message != NULL && got == len && memcmp(message, wanted, len) == 0;

    for (size_t i = 0; !good && i < got; i++)
        printf("%s%02x%s", i == 0 ? "# " : "", message[i],
               i + 1 == got ? "\n" : "");
    free(wanted);
    fob_ccid_sent(&ccid);
    return good;
}

static bool is_silent(void)
{
    size_t len;

    return fob_ccid_next(&ccid, &len) == NULL;
}

static void open(void)
{
    fixture_open();
    fob_ccid_init(&ccid, &fixture_app);
    fixture_pass_ms(PRESENCE_FRESH_MS);
}

#define ATR "3bf31300008131fe15666f62d0"
#define CHOOSE "00a4040007a0000005272101"

static void power_on(void)
{
    send("62 00000000 00 01 000000");
    (void)next_is("80 0d000000 00 01 00 00 00" ATR);
}

static void test_power(void)
{
    open();
    send("65 00000000 00 07 000000");
    tap_ok(next_is("81 00000000 00 07 01 00 00"),
           "the card is there, inactive");
    send("6f 04000000 00 08 00 0000 00a10000");
    tap_ok(next_is("80 00000000 00 08 41 fe 00"), "and mute");
    send("62 00000000 00 09 000000");
    tap_ok(next_is("80 0d000000 00 09 00 00 00" ATR), "power brings the ATR");
    send("65 00000000 00 0a 000000");
    tap_ok(next_is("81 00000000 00 0a 00 00 00"), "then it is active");
    send("6c 00000000 00 0b 000000");
    tap_ok(next_is("82 07000000 00 0b 00 00 01 131000150"
                   "0fe00"),
           "its parameters are those of the ATR");
    send("63 00000000 00 0c 000000");
    tap_ok(next_is("81 00000000 00 0c 01 00 00"), "power goes again");
}

static void test_transfer(void)
{
    open();
    power_on();
    send("6f 0c000000 00 02 00 0000" CHOOSE);
    tap_ok(ccid.reply_len == 0 && !is_silent(), "an APDU is answered");
    tap_ok(ccid.reply[0] == 0x80 && ccid.reply[1] == 17 && ccid.reply[6] == 2 &&
               ccid.reply[10] == 0x79,
           "with the token's answer");
    fob_ccid_sent(&ccid);
    send("6f 00000000 00 03 00 0000");
    tap_ok(next_is("80 02000000 00 03 00 00 00 6700"),
           "an empty APDU is refused by the token");
    power_on();
    send("6f 04000000 00 05 00 0000 00a10000");
    tap_ok(next_is("80 02000000 00 05 00 00 00 6d00"),
           "power-on forgets the session");
}

#define STATUS "65 00000000 00 09 000000"

static bool is_in_step(void)
{
    send(STATUS);
    return next_is("81 00000000 00 09 00 00 00") && is_silent();
}

/* 64 and 128 bytes with the head. */
static void send_even(const char *head, int data)
{
    char hex[400];

    snprintf(hex, sizeof(hex), "%s %0*d", head, 2 * data, 0);
    send(hex);
}

static void test_transfers(void)
{
    open();
    power_on();
    send_even("6f 36000000 00 02 00 0000", 54);
    tap_ok(next_is("80 02000000 00 02 00 00 00 6700"),
           "a message of just one packet is whole");
    fob_ccid_take(&ccid, (const uint8_t *)"", 0);
    tap_ok(is_silent() && is_in_step(), "an empty packet behind it is nothing");
    send_even("6f 76000000 00 03 00 0000", 118);
    tap_ok(next_is("80 02000000 00 03 00 00 00 6700") && is_in_step(),
           "nor has one of two to have it");
    send(STATUS "65 00000000 00 04 000000");
    tap_ok(next_is("81 00000000 00 09 00 00 00") && is_silent() && is_in_step(),
           "what stands behind a message is passed over");
    send_even(STATUS, 54);
    tap_ok(next_is("81 00000000 00 09 00 00 00"), "packets of it, too");
    send_even("", 100);
    tap_ok(is_silent() && is_in_step(), "to the end of the transfer");
}

/* However a message is cut, the next one is taken for what it is. */
static void test_cuts(void)
{
    bool good = true;

    open();
    power_on();
    for (int len = 1; len < 10; len++) {
        char hex[32];

        snprintf(hex, sizeof(hex), "%.*s", 2 * len, "6f360000000002000000");
        send(hex);
        good = good && is_silent() && is_in_step();
    }
    tap_ok(good, "a head that is cut is forgotten");
    send("6f 36000000 00 02 00 0000 00a1");
    tap_ok(next_is("80 00000000 00 02 40 01 00") && is_in_step(),
           "a message that is cut is refused");
    send_even("6f 00020000 00 02 00 0000", 118);
    tap_ok(is_silent(), "one may go on after a whole packet");
    fixture_pass_ms(500);
    tap_ok(is_in_step(), "but not half a second later");
}

static void test_chain(void)
{
    open();
    power_on();
    send("6f 04000000 00 02 00 0100 00a40400");
    tap_ok(next_is("80 00000000 00 02 00 00 10"), "a first part is asked on");
    send("6f 02000000 00 03 00 0300 07a0");
    tap_ok(next_is("80 00000000 00 03 00 00 10"), "and a middle one");
    send("6f 06000000 00 04 00 0200 000005272101");
    tap_ok(!is_silent() && ccid.reply[10] == 0x79, "the last one runs it");
    fob_ccid_sent(&ccid);
    send("6f 00000000 00 05 00 1000");
    tap_ok(next_is("80 00000000 00 05 40 08 00"),
           "answers are never cut, so asking on is an error");
    for (int i = 0; i < 3; i++) {
        char part[500] = "6f c8000000 00 06 00 0300";

        if (i == 0)
            part[23] = '1';
        memset(part + strlen(part), '0', 400);
        send(part);
        fob_ccid_sent(&ccid);
    }
    send("6f 01000000 00 07 00 0200 00");
    tap_ok(next_is("80 02000000 00 07 00 00 00 6700"),
           "a chain over the room is refused by the token");
}

static void test_errors(void)
{
    char too_long[1400];

    open();
    power_on();
    send("65 00000000 01 02 000000");
    tap_ok(next_is("81 00000000 00 02 40 05 00"), "another slot is refused");
    send("71 00000000 00 03 000000");
    tap_ok(next_is("81 00000000 00 03 40 00 00"), "an unknown message too");
    snprintf(too_long, sizeof(too_long), "6f 58020000 00 04 00 0000 %01200d",
             0);
    send(too_long);
    tap_ok(next_is("80 00000000 00 04 40 01 00") && is_in_step(),
           "and one too long, when all of it has come");
    snprintf(too_long, sizeof(too_long), "6f ffffffff 00 04 00 0000 %01256d",
             0);
    send(too_long);
    tap_ok(next_is("80 00000000 00 04 40 01 00") && is_in_step(),
           "or as much as there was");
}

static void test_wait(void)
{
    open();
    power_on();
    send("6f 0c000000 00 02 00 0000" CHOOSE);
    (void)fob_ccid_next(&ccid, &(size_t){0});
    fob_ccid_sent(&ccid);
    send("6f 0f000000 00 03 00 0000 00010000 0a 710174 7303210601 7802");
    (void)next_is("80 02000000 00 03 00 00 00 9000");
    send("6f 12000000 00 04 00 0000 00a20001 0d 710174 7408"
         "0000000000000001");
    tap_ok(is_silent(), "a touch is waited for");
    fixture_pass_ms(400);
    tap_ok(next_is("80 00000000 00 04 80 01 00"), "and time asked for");
    send("6f 04000000 00 05 00 0000 00a10000");
    tap_ok(next_is("80 00000000 00 05 40 e0 00"), "another APDU is too early");
    fixture_press();
    tap_ok(!is_silent() && ccid.reply[6] == 4 && ccid.reply[10] == 0x76,
           "then the code comes");
    fob_ccid_sent(&ccid);
    send("6f 12000000 00 06 00 0000 00a20001 0d 710174 7408"
         "0000000000000002");
    send("72 00000000 00 07 000000");
    tap_ok(next_is("81 00000000 00 07 00 00 00") &&
               next_is("80 02000000 00 06 00 00 00 6982"),
           "an abort ends the wait");
}

static void test_queue(void)
{
    static const uint8_t list[] = {0, 0xa1, 0, 0};

    open();
    power_on();
    if (fob_app_submit(&fixture_app, FOB_INTERFACE_HID, list, sizeof(list)) !=
        FOB_OK)
        printf("# busy\n");
    send("6f 0c000000 00 02 00 0000" CHOOSE);
    tap_ok(is_silent(),
           "while the other interface has the token, this one waits");
    fixture_pass_ms(400);
    tap_ok(next_is("80 00000000 00 02 80 01 00"), "asking for time");
    (void)fob_app_collect(&fixture_app, FOB_INTERFACE_HID, fixture_reply);
    tap_ok(is_silent(), "then its turn comes");
    fob_app_poll(&fixture_app);
    tap_ok(!is_silent() && ccid.reply[10] == 0x79, "and its answer");
}

int main(void)
{
    test_power();
    test_transfer();
    test_transfers();
    test_cuts();
    test_chain();
    test_errors();
    test_wait();
    test_queue();
    return tap_done();
}
