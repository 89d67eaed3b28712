/* SPDX-License-Identifier: MIT */
/* INFO: each fact by its tag, as docs/protocol.md has them. */
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

#define KEY "3132333435363738393031323334353637383930"

/* The value of a tag in INFO's answer, and its length. */
static const uint8_t *fact(uint8_t tag, size_t *len)
{
    (void)fixture_ask("00f00000");
    for (size_t i = 0; i + 1 < fixture_reply_len;
         i += 2u + fixture_reply[i + 1])
        if (fixture_reply[i] == tag) {
            *len = fixture_reply[i + 1];
            return fixture_reply + i + 2;
        }
    *len = 0;
    return fixture_reply;
}

static uint32_t number(uint8_t tag)
{
    size_t len;
    const uint8_t *value = fact(tag, &len);
    uint32_t all = 0;

    for (size_t i = 0; i < len; i++)
        all = all << 8 | value[i];
    return all;
}

static bool is(uint8_t tag, const char *bytes, size_t wanted)
{
    size_t len;
    const uint8_t *value = fact(tag, &len);

    return len == wanted && memcmp(value, bytes, len) == 0;
}

static void test_identity(void)
{
    fixture_open();
    memcpy(sim_board.unique_id, "serial n", 8);
    (void)fixture_select();
    tap_ok(is(0x80, FOB_VERSION, strlen(FOB_VERSION)), "the version");
    tap_ok(is(0x81, "serial n", 8), "the board's serial number");
    tap_ok(is(0x82, "\x10", 1), "fresh, and nothing set");
    tap_ok(is(0x83, "\x08", 1) && is(0x84, "", 0),
           "eight tries, and no passphrase to derive");
}

static void test_room(void)
{
    tap_ok(is(0x85, "\0\0\0\x80\0\0", 6), "no accounts, room for 128");
    (void)fixture_ask("00010000 1b 710161 73162106" KEY);
    (void)fixture_ask("00010000 1b 710168 73161106" KEY);
    tap_ok(is(0x85, "\0\2\0\x80\0\0", 6), "two accounts");
    fixture_flash[fixture_app.oath.store.accounts[0].at * LOG_RECORD_UNIT +
                  40] ^= 1;
    fixture_power();
    (void)fixture_select();
    tap_ok(number(0x89) > 0 && is(0x85, "\0\1\0\x80\0\0", 6),
           "one that has rotted is gone, and counted as a repair");
}

static void test_counts(void)
{
    uint32_t sectors = number(0x88);

    tap_ok(number(0x87) == 0 && number(0x8a) == 0 && sectors == 1,
           "no codes, in no power-up, in one sector");
    for (int i = 0; i < 200; i++)
        (void)fixture_ask("00a20001 05 710168 7400");
    tap_ok(number(0x87) == 200 && number(0x8a) == 1, "codes are counted");
    tap_ok(number(0x88) == sectors + 1, "and the sectors they fill");
    for (int i = 200; i < 5000; i++)
        (void)fixture_ask("00a20001 05 710168 7400");
    tap_ok(number(0x88) > FOB_PORT_SECTORS, "more than there are, in time");
    fixture_power();
    (void)fixture_select();
    (void)fixture_ask("00a20001 05 710168 7400");
    tap_ok(number(0x87) == 5001 && number(0x8a) == 2,
           "and the power-ups in which they left");
}

static void test_uptime(void)
{
    fixture_power();
    (void)fixture_select();
    fixture_pass_ms(9999);
    tap_ok(number(0x86) == 9 && (number(0x82) & 0x10) != 0,
           "uptime is in whole seconds");
    fixture_pass_ms(1);
    tap_ok(number(0x86) == 10 && (number(0x82) & 0x10) == 0,
           "and after ten of them power-up is no presence");
}

static void test_sealed(void)
{
    static const char kdf[] = "\1\17\10\1"
                              "abcdefghijklmnop";

    fixture_open();
    (void)fixture_select();
    (void)fixture_ask(
        "00f20000 38 9014 010f0801 6162636465666768696a6b6c6d6e6f70"
        "7320"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaa");
    tap_ok(is(0x82, "\x11", 1) && is(0x84, kdf, 20),
           "with a passphrase, how to derive its key");
    fixture_power();
    (void)fixture_select();
    tap_ok(is(0x82, "\x13", 1) && is(0x85, "\0\0\0\x80\0\0", 6),
           "also while it is locked");
}

int main(void)
{
    test_identity();
    test_room();
    test_counts();
    test_uptime();
    test_sealed();
    return tap_done();
}
