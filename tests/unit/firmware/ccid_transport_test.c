/* SPDX-License-Identifier: MIT */
/* The CCID interface: messages, chaining, time extension, errors. */
#include "firmware/app/transport/ccid.h"
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

static struct fob_ccid ccid;

static bool send(const char *hex)
{
    size_t len;
    uint8_t *bytes = exact_hex(hex, &len);
    bool whole = fob_ccid_take(&ccid, bytes, len) == len;

    free(bytes);
    fob_app_poll(&fixture_app);
    return whole;
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
    (void)send("62 00000000 00 01 000000");
    (void)next_is("80 0d000000 00 01 00 00 00" ATR);
}

static void test_power(void)
{
    open();
    (void)send("65 00000000 00 07 000000");
    tap_ok(next_is("81 00000000 00 07 01 00 00"),
           "the card is there, inactive");
    (void)send("6f 04000000 00 08 00 0000 00a10000");
    tap_ok(next_is("80 00000000 00 08 41 fe 00"), "and mute");
    (void)send("62 00000000 00 09 000000");
    tap_ok(next_is("80 0d000000 00 09 00 00 00" ATR), "power brings the ATR");
    (void)send("65 00000000 00 0a 000000");
    tap_ok(next_is("81 00000000 00 0a 00 00 00"), "then it is active");
    (void)send("6c 00000000 00 0b 000000");
    tap_ok(next_is("82 07000000 00 0b 00 00 01 131000150"
                   "0fe00"),
           "its parameters are those of the ATR");
    (void)send("63 00000000 00 0c 000000");
    tap_ok(next_is("81 00000000 00 0c 01 00 00"), "power goes again");
}

static void test_transfer(void)
{
    open();
    power_on();
    (void)send("6f 0c000000 00 02 00 0000" CHOOSE);
    tap_ok(ccid.reply_len == 0 && !is_silent(), "an APDU is answered");
    tap_ok(ccid.reply[0] == 0x80 && ccid.reply[1] == 17 && ccid.reply[6] == 2 &&
               ccid.reply[10] == 0x79,
           "with the token's answer");
    fob_ccid_sent(&ccid);
    (void)send("6f 00000000 00 03 00 0000");
    tap_ok(next_is("80 02000000 00 03 00 00 00 6700"),
           "an empty APDU is refused by the token");
    power_on();
    (void)send("6f 04000000 00 05 00 0000 00a10000");
    tap_ok(next_is("80 02000000 00 05 00 00 00 6d00"),
           "power-on forgets the session");
}

static void test_pieces(void)
{
    static const uint8_t select[] = {0x6f, 12, 0, 0,    0,    0, 2, 0,
                                     0,    0,  0, 0xa4, 4,    0, 7, 0xa0,
                                     0,    0,  5, 0x27, 0x21, 1};
    size_t taken = 0;

    open();
    power_on();
    for (size_t i = 0; i < sizeof(select); i++)
        taken += fob_ccid_take(&ccid, select + i, 1);
    fob_app_poll(&fixture_app);
    tap_ok(taken == sizeof(select) && !is_silent() && ccid.reply[10] == 0x79,
           "a message comes in pieces of any size");
    fob_ccid_sent(&ccid);
    tap_ok(!send("65 00000000 00 03 000000 65 00000000 00 04 000000"),
           "two at once are taken one by one");
    tap_ok(next_is("81 00000000 00 03 00 00 00") && is_silent(),
           "the first is answered");
}

static void test_chain(void)
{
    open();
    power_on();
    (void)send("6f 04000000 00 02 00 0100 00a40400");
    tap_ok(next_is("80 00000000 00 02 00 00 10"), "a first part is asked on");
    (void)send("6f 02000000 00 03 00 0300 07a0");
    tap_ok(next_is("80 00000000 00 03 00 00 10"), "and a middle one");
    (void)send("6f 06000000 00 04 00 0200 000005272101");
    tap_ok(!is_silent() && ccid.reply[10] == 0x79, "the last one runs it");
    fob_ccid_sent(&ccid);
    (void)send("6f 00000000 00 05 00 1000");
    tap_ok(next_is("80 00000000 00 05 40 08 00"),
           "answers are never cut, so asking on is an error");
    for (int i = 0; i < 3; i++) {
        char part[500] = "6f c8000000 00 06 00 0300";

        if (i == 0)
            part[23] = '1';
        memset(part + strlen(part), '0', 400);
        (void)send(part);
        fob_ccid_sent(&ccid);
    }
    (void)send("6f 01000000 00 07 00 0200 00");
    tap_ok(next_is("80 02000000 00 07 00 00 00 6700"),
           "a chain over the room is refused by the token");
}

static void test_errors(void)
{
    char filler[2 * 600 + 1];

    open();
    power_on();
    (void)send("65 00000000 01 02 000000");
    tap_ok(next_is("81 00000000 00 02 40 05 00"), "another slot is refused");
    (void)send("71 00000000 00 03 000000");
    tap_ok(next_is("81 00000000 00 03 40 00 00"), "an unknown message too");
    (void)send("6f 58020000 00 04 00 0000");
    tap_ok(next_is("80 00000000 00 04 40 01 00"), "and one too long");
    memset(filler, '0', sizeof(filler) - 1);
    filler[sizeof(filler) - 1] = '\0';
    (void)send(filler);
    (void)send("65 00000000 00 05 000000");
    tap_ok(next_is("81 00000000 00 05 00 00 00"), "whose data is passed over");
}

static void test_wait(void)
{
    open();
    power_on();
    (void)send("6f 0c000000 00 02 00 0000" CHOOSE);
    (void)fob_ccid_next(&ccid, &(size_t){0});
    fob_ccid_sent(&ccid);
    (void)send("6f 0f000000 00 03 00 0000 00010000 0a 710174 7303210601 7802");
    (void)next_is("80 02000000 00 03 00 00 00 9000");
    (void)send("6f 12000000 00 04 00 0000 00a20001 0d 710174 7408"
               "0000000000000001");
    tap_ok(is_silent(), "a touch is waited for");
    fixture_pass_ms(400);
    tap_ok(next_is("80 00000000 00 04 80 01 00"), "and time asked for");
    (void)send("6f 04000000 00 05 00 0000 00a10000");
    tap_ok(next_is("80 00000000 00 05 40 e0 00"), "another APDU is too early");
    fixture_press();
    tap_ok(!is_silent() && ccid.reply[6] == 4 && ccid.reply[10] == 0x76,
           "then the code comes");
    fob_ccid_sent(&ccid);
    (void)send("6f 12000000 00 06 00 0000 00a20001 0d 710174 7408"
               "0000000000000002");
    (void)send("72 00000000 00 07 000000");
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
    (void)send("6f 0c000000 00 02 00 0000" CHOOSE);
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
    test_pieces();
    test_chain();
    test_errors();
    test_wait();
    test_queue();
    return tap_done();
}
