/* SPDX-License-Identifier: MIT */
/* The log of uses: what it tells, in parts, and after some number. */
#include "tests/lib/gather.h"
#include "tests/lib/tap.h"

#define KEY "3132333435363738393031323334353637383930"

static void test_uses(void)
{
    size_t largest;

    fixture_open();
    (void)fixture_select();
    (void)fixture_ask("00010000 1b 710170 73162106" KEY);
    (void)fixture_ask("00010000 1b 710168 73161106" KEY);
    (void)fixture_ask("00a20001 05 710168 7400");
    (void)fixture_ask("00a20001 0d 710170 7408 0000000000000007");
    (void)fixture_ask("00a20001 0d 710170 7408 0000000000000007");
    fixture_power();
    (void)fixture_select();
    (void)fixture_ask("00a40001 0a 7408 0000000000000009");
    tap_ok(fixture_ask("00f40000") == 0x9000 &&
               fixture_told("9218 00000001 00000002 0000000000000000 00000001 "
                            "0001 00 00"
                            "9218 00000002 00000001 0000000000000007 00000001 "
                            "0001 00 00"
                            "9218 00000003 00000000 0000000000000009 00000000 "
                            "0002 00 00"),
           "USES tells what left, when the token had power, and how often");
    tap_ok(fixture_ask("00f40000 04 00000002") == 0x9000 &&
               fixture_reply_len == 26,
           "and can start after one that is known");
    tap_ok(fixture_ask("00f30000") == 0x9000 &&
               fixture_told("710170 9114 00000001 210600 01 0000000000000007 "
                            "00000001"
                            "710168 9114 00000002 110600 01 0000000000000000 "
                            "00000001"),
           "ACCOUNTS tells marks and counts");
    for (int i = 0; i < 100; i++)
        (void)fixture_ask("00a20001 05 710168 7400");
    largest = gather("00f40000", "00a50000");
    tap_ok(largest > 0 && gather_len == 103 * 26 && gather_parts > 10,
           "a long log comes in parts");
    (void)fixture_ask("0004dead");
    (void)fixture_ask("00a40001 0a 7408 0000000000000009");
    tap_ok(fixture_ask("00f40000") == 0x9000 &&
               fixture_told("9218 00000001 00000000 0000000000000009 00000000 "
                            "0001 00 00"),
           "a reset begins another one");
}

/* --- the log, after some number ------------------------------------------*/

enum { USE = 26, LOG = 6000, KEPT = 3000 };

/* The listed uses, by their number; how many are in no order of the log. */
static size_t numbers_in(uint8_t *found, size_t since)
{
    size_t wrong = 0;

    memset(found, 0, LOG + 1);
    for (size_t i = 0; i < gather_len; i += USE) {
        size_t number = (size_t)gather_all[i + 4] << 8 | gather_all[i + 5];

        wrong += number <= since || number > LOG || found[number];
        found[number % (LOG + 1)] = 1;
    }
    return wrong;
}

static bool is_rest_after(size_t since)
{
    static uint8_t whole[LOG + 1], rest[LOG + 1];
    size_t wrong;
    char hex[40];

    (void)gather("00f40000", "00a50000");
    wrong = numbers_in(whole, 0);
    snprintf(hex, sizeof(hex), "00f40000 04 %08zx", since);
    (void)gather(hex, "00a50000");
    wrong += numbers_in(rest, since);
    for (size_t i = since + 1; i <= LOG; i++)
        wrong += whole[i] != rest[i] || (i > LOG - KEPT && !rest[i]);
    if (wrong > 0)
        printf("# %zu wrong after %zu\n", wrong, since);
    return wrong == 0;
}

/* More than a turn of the ring, in which old uses move among newer ones. */
static void test_since(void)
{
    static const size_t since[] = {0, 1, 5, 1000, 3000, 5000, LOG - 1, LOG};
    bool good = true;

    fixture_open();
    (void)fixture_select();
    for (int i = 0; i < 8; i++) {
        char hex[80];

        snprintf(hex, sizeof(hex), "00010000 1b 7101%02x 73161106" KEY, i);
        (void)fixture_ask(hex);
        snprintf(hex, sizeof(hex), "00a20001 05 7101%02x 7400", i);
        (void)fixture_ask(hex);
    }
    for (int i = 8; i < LOG; i++) {
        (void)fixture_ask("00a20001 05 710107 7400");
        if (i % 100 == 0)
            (void)fixture_ask("00010000 1b 710177 73161106" KEY);
    }
    for (size_t i = 0; i < sizeof(since) / sizeof(*since); i++)
        good = good && is_rest_after(since[i]);
    tap_ok(good, "the log after a number is the rest of it");
    fixture_power();
    (void)fixture_select();
    for (size_t i = 0; i < sizeof(since) / sizeof(*since); i++)
        good = good && is_rest_after(since[i]);
    tap_ok(good, "also after power-up");
}

/* Two turns of the ring without another use. */
static void test_old_use(void)
{
    fixture_open();
    (void)fixture_select();
    (void)fixture_ask("00010000 1b 710168 73161106" KEY);
    (void)fixture_ask("00a20001 05 710168 7400");
    for (int i = 0; i < 2000; i++)
        (void)fixture_ask("00010000 1b 710177 73161106" KEY);
    tap_ok(gather("00f40000", "00a50000") > 0 && gather_len == USE,
           "an account's last use is told however old it is");
}

/* --- numbers of accounts -------------------------------------------------*/

/* Put an account; the uid that it gets. */
static unsigned put_uid(const char *name)
{
    char hex[80];
    const uint8_t *last;

    snprintf(hex, sizeof(hex), "00010000 1b 7101%s 73161106" KEY, name);
    if (fixture_ask(hex) != 0x9000 || fixture_ask("00f30000") != 0x9000)
        return 0;
    last = fixture_reply + fixture_reply_len - 20;
    return (unsigned)last[2] << 8 | last[3];
}

static void turn_the_log(void)
{
    for (int i = 0; i < LOG; i++)
        (void)fixture_ask("00a20001 05 710161 7400");
}

static void test_uids(void)
{
    unsigned uid;

    fixture_open();
    (void)fixture_select();
    (void)put_uid("61");
    uid = put_uid("62");
    (void)fixture_ask("00020000 03 710162");
    fixture_power();
    (void)fixture_select();
    tap_ok(uid == 2 && put_uid("63") == 3,
           "a deleted account's uid is not given again");
    (void)fixture_ask("00a20001 05 710163 7400");
    (void)fixture_ask("00020000 03 710163");
    turn_the_log();
    fixture_power();
    (void)fixture_select();
    tap_ok(put_uid("64") == 4,
           "nor when the log has forgotten all that is about it");
    (void)fixture_ask("0004dead");
    tap_ok(put_uid("65") == 1, "but after a reset");
}

int main(void)
{
    test_uids();
    test_uses();
    test_since();
    test_old_use();
    return tap_done();
}
