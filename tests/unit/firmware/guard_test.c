/* SPDX-License-Identifier: MIT */
/* Guarded accounts: steps only rise, and not faster than time. */
#include "firmware/app/oath/timeguard.h"
#include "firmware/app/store/accounts.h"
#include "firmware/app/store/usage_log.h"
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

#define KEY "3132333435363738393031323334353637383930"

static void put(char name, const char *kind, const char *properties)
{
    char hex[120];

    snprintf(hex, sizeof(hex), "00010000 1d 7101%02x 7316%s06" KEY "78%s", name,
             kind, properties);
    if (fixture_ask(hex) != 0x9000)
        printf("# not put\n");
}

static unsigned code(char name, unsigned long long step)
{
    char hex[80];

    snprintf(hex, sizeof(hex), "00a20001 0d 7101%02x 7408%016llx", name, step);
    return fixture_ask(hex);
}

static void power(void)
{
    fixture_power();
    (void)fixture_select();
}

static void open_with(char name)
{
    fixture_open();
    (void)fixture_select();
    put(name, "21", "01");
}

static void test_mark(void)
{
    open_with('a');
    tap_ok(code('a', 1000) == 0x9000, "the first step needs no proof");
    tap_ok(code('a', 1000) == 0x9000, "the same step is given again");
    tap_ok(code('a', 999) == 0x6982, "an older one is refused");
    tap_ok(code('a', 1001) == 0x9000 && code('a', 1000) == 0x6982,
           "the mark rises");
    power();
    tap_ok(code('a', 1000) == 0x6982 && code('a', 1001) == 0x9000,
           "and stays over a power cycle");
    tap_ok(fixture_ask("00a20001 0c 710161 7407 00000000000000") == 0x6982,
           "a challenge that is no step is refused");
    tap_ok(code('a', 1ULL << 40) == 0x6982 && code('a', ~0ULL) == 0x6982,
           "and so is an absurd one");
}

/* 1000 is proven by the first use: five steps of slack. */
static void test_ahead(void)
{
    open_with('a');
    (void)code('a', 1000);
    tap_ok(code('a', 1005) == 0x9000, "a step within the slack is given");
    tap_ok(code('a', 1006) == 0x6982, "one beyond waits for a touch");
    tap_ok(code('a', 1005) == 0x9000, "an untouched request moves nothing");
    fixture_open();
    (void)fixture_select();
    put('a', "21", "01");
    (void)code('a', 1000);
    fixture_pass_ms(3600 * 1000);
    tap_ok(code('a', 1000 + 120 + 5) == 0x9000, "an hour of uptime is proof");
    tap_ok(code('a', 1000 + 120 + 7) == 0x6982, "of an hour, not more");
    fixture_finger = true;
    tap_ok(code('a', 100000) == 0x9000, "a touch is proof of a month ahead");
    fixture_finger = false;
    tap_ok(code('a', 100005) == 0x9000 && code('a', 100006) == 0x6982,
           "from which it goes on");
}

/* Steps of 30 s in 100 days. */
enum { LEAP = TIMEGUARD_LEAP_S / 30 };

/* What one stolen press gives is of use for a while, not for good. */
static void test_leap(void)
{
    open_with('a');
    (void)code('a', 1000);
    fixture_finger = true;
    tap_ok(LEAP == 288000 && code('a', 1001 + LEAP) == 0x6982,
           "a touch answers for no more than 100 days");
    tap_ok(code('a', 1000 + LEAP) == 0x9000, "but for as much");
    tap_ok(code('a', 1002 + 2 * LEAP) == 0x6982 &&
               code('a', 1000 + 2 * LEAP) == 0x9000,
           "from which the next one goes on");
    power();
    tap_ok(code('a', 1001 + 3 * LEAP) == 0x6982 &&
               code('a', 1000 + 3 * LEAP) == 0x9000,
           "also after power-up");
    put('t', "21", "03");
    (void)code('t', 1000);
    tap_ok(code('t', 2000 + LEAP) == 0x6982 && code('t', 1001) == 0x9000,
           "so it is where each code takes a touch");
    fixture_finger = false;
    fixture_pass_ms(1000ULL * 86400 * 40);
    fixture_finger = true;
    tap_ok(code('t', 1001 + LEAP + 40 * 2880) == 0x9000,
           "uptime is on top of it");
    fixture_finger = false;
}

/* Years in a safe: a touch to take the mark back, and one for the code. */
static void test_years(void)
{
    enum { NOW = 1000 + 20 * LEAP };

    open_with('a');
    (void)code('a', 1000);
    power();
    fixture_finger = true;
    tap_ok(code('a', NOW) == 0x6982, "five years are no leap for one touch");
    tap_ok(fixture_ask("00f50000 03 710161") == 0x9000,
           "TIME RESET takes the mark back, with a touch");
    fixture_finger = false;
    tap_ok(code('a', NOW) == 0x6982,
           "the next code, which may be of any time, wants one of its own");
    fixture_finger = true;
    tap_ok(code('a', NOW) == 0x9000, "with which it works again");
    fixture_finger = false;
    tap_ok(code('a', NOW + 1) == 0x9000, "and then without");
}

/* The name says what a step is worth in seconds: one of a second each would
 * let steps of the future pass for the past, one of a day prove the future. */
static void test_rename(void)
{
    open_with('a');
    (void)code('a', 58000000);
    tap_ok(fixture_ask("00050000 08 710161 7103312f61") == 0x6a80 &&
               fixture_ask("00050000 0c 710161 710738363430302f61") == 0x6a80,
           "a guarded account keeps its period");
    tap_ok(fixture_ask("00a20001 0f 7103312f61 7408 0000000003843840") ==
                   0x6984 &&
               code('a', 59000000) == 0x6982,
           "and gives no step of the future by another name");
    tap_ok(fixture_ask("00050000 09 710161 710433302f61") == 0x9000 &&
               fixture_ask("00050000 09 710433302f61 710161") == 0x9000 &&
               code('a', 57999999) == 0x6982,
           "a name of the same period is as good");
    put('h', "11", "01");
    put('t', "21", "02");
    tap_ok(fixture_ask("00050000 08 710168 7103312f68") == 0x9000 &&
               fixture_ask("00050000 08 710174 7103312f74") == 0x9000,
           "others have any name");
}

/* Each power-up may not add its own slack. */
static void test_creep(void)
{
    open_with('a');
    (void)code('a', 1000);
    for (int i = 0; i < 20; i++) {
        power();
        (void)code('a', 1005);
        (void)code('a', 1006);
    }
    power();
    tap_ok(code('a', 1005) == 0x9000 && code('a', 1006) == 0x6982,
           "power cycles do not let untouched codes creep ahead");
}

/* Another account, one's own, cannot be used to prove a far time: neither by
 * its first code nor by a press that was meant for something else. */
static void test_stranger(void)
{
    open_with('a');
    (void)code('a', 1000);
    put('b', "21", "01");
    tap_ok(code('b', 5000000) == 0x9000, "a new account's first step is free");
    tap_ok(code('a', 1006) == 0x6982, "and proves nothing to the others");
    power();
    tap_ok(code('a', 1006) == 0x6982, "also after power-up");
    fixture_finger = true;
    (void)code('b', 5000000 + LEAP);
    fixture_finger = false;
    tap_ok(code('b', 5000000 + LEAP) == 0x9000 && code('a', 1006) == 0x6982,
           "nor does a touch for it");
    power();
    tap_ok(code('a', 1006) == 0x6982 && code('a', 1005) == 0x9000,
           "not after power-up either");
    put('c', "21", "03");
    fixture_finger = true;
    (void)code('c', 1000000);
    fixture_finger = false;
    put('d', "21", "01");
    tap_ok(code('a', 1006) == 0x6982 && code('d', 1) == 0x9000,
           "nor one whose codes all take a touch");
}

/* The first of all codes proves the time of its own account alone: with nothing
 * known yet, a stranger's is no better. */
static void test_first(void)
{
    open_with('b');
    (void)code('b', 5000000);
    put('a', "21", "01");
    (void)code('a', 1000);
    tap_ok(code('a', 1006) == 0x6982 && code('a', 1005) == 0x9000,
           "the first code of the token proves nothing to later accounts");
}

/* An account that was put and left is somebody else's to use first. */
static void test_left(void)
{
    open_with('a');
    power();
    tap_ok(
        code('a', 5000000) == 0x6982,
        "an account of an earlier power-up wants a touch for its first code");
    fixture_finger = true;
    tap_ok(code('a', 1000) == 0x9000, "with which it begins");
    fixture_finger = false;
    tap_ok(code('a', 1005) == 0x9000, "and goes on");
    (void)fixture_ask("00010000 1d 710161 73162106" KEY "7801");
    tap_ok(code('a', 7) == 0x9000, "one that is put anew is new");
    put('m', "21", "01");
    (void)fixture_ask("00050000 06 71016d 71016e");
    tap_ok(code('n', 7) == 0x9000, "and so is one that is renamed");
    put('r', "21", "01");
    fixture_finger = true;
    (void)fixture_ask("00f50000 03 710172");
    fixture_finger = false;
    tap_ok(code('r', 7) == 0x6982, "but not one whose mark was taken back");
}

/* --- what older firmware left --------------------------------------------*/

static void leave_use(char name, uint64_t step, unsigned flags, unsigned skew_s)
{
    struct usage use = {
        .value = step, .flags = (uint8_t)flags, .skew_s = (uint8_t)skew_s};
    struct credential credential;
    struct store *store = &fixture_app.oath.store;
    int slot = accounts_find(store, (const uint8_t *)&name, 1, &credential);

    if (usage_log_add(store, slot, &use) != FOB_OK)
        printf("# not left\n");
}

/* Its records are these, too, but it took each for proof to all accounts, and
 * knew codes that were given without any. */
static void test_older(void)
{
    open_with('a');
    put('b', "21", "01");
    put('u', "21", "01");
    put('c', "21", "01");
    leave_use('a', 1000, 0, 0);
    leave_use('b', 1005, 0, 150);
    leave_use('u', 5000, USAGE_UNPROVEN, 0);
    leave_use('c', 900, USAGE_TOUCHED, 0);
    leave_use('c', 0, USAGE_CLEARED | USAGE_TOUCHED | USAGE_UNPROVEN, 0);
    power();
    tap_ok(code('a', 999) == 0x6982 && code('a', 1005) == 0x9000,
           "the mark of older firmware holds, and proves its time");
    tap_ok(code('b', 1006) == 0x6982 && code('b', 1005) == 0x9000,
           "less what it was ahead");
    tap_ok(code('u', 5000) == 0x9000 && code('u', 5001) == 0x6982,
           "one that was never proven proves nothing");
    tap_ok(code('c', 1000) == 0x6982, "nor one that was taken back");
    fixture_finger = true;
    tap_ok(code('u', 5010 + LEAP) == 0x6982 &&
               code('u', 5000 + LEAP) == 0x9000 && code('c', 1000) == 0x9000 &&
               code('b', 1006) == 0x9000,
           "a touch does, within its bound");
    fixture_finger = false;
    tap_ok(code('u', 5005 + LEAP) == 0x9000, "and from there it goes on");
}

/* Codes that need no guard say nothing about the time either. */
static void test_unguarded(void)
{
    open_with('a');
    put('p', "21", "00");
    (void)fixture_ask("00010000 23 710168 73161106" KEY "7801 7a047fffff00");
    (void)code('a', 1000);
    tap_ok(code('p', 5000000) == 0x9000 && code('h', 0) == 0x9000,
           "codes without a guard come for any step and counter");
    tap_ok(code('a', 1006) == 0x6982, "and prove nothing");
    power();
    tap_ok(code('a', 1006) == 0x6982, "also after power-up");
}

static void test_all(void)
{
    open_with('a');
    put('p', "21", "00");
    (void)code('a', 1000);
    tap_ok(fixture_ask("00a40001 0a 7408 00000000000003e9") == 0x9000 &&
               fixture_reply[3] == 0x76 && code('a', 1000) == 0x6982,
           "CALCULATE ALL moves the mark");
    tap_ok(fixture_ask("00a40001 0a 7408 0000000000001000") == 0x9000 &&
               fixture_reply[3] == 0x7c && code('a', 1001) == 0x9000,
           "not for a step that needs a touch");
    tap_ok(fixture_ask("00a40001 0a 7408 0000000000000010") == 0x9000 &&
               fixture_reply[3] == 0x7c,
           "and gives no code for an older one");
}

static void test_recovery(void)
{
    open_with('a');
    put('h', "11", "00");
    fixture_finger = true;
    (void)code('a', 1000);
    (void)code('a', 200000);
    fixture_finger = false;
    tap_ok(code('a', 1001) == 0x6982, "a poisoned mark refuses honest steps");
    tap_ok(fixture_ask("00f50000 03 710161") == 0x6982,
           "TIME RESET wants a touch, also right after power-up");
    fixture_finger = true;
    tap_ok(fixture_ask("00f50000 03 710168") == 0x6a80,
           "and turns no counter back");
    tap_ok(fixture_ask("00f50000 03 710161") == 0x9000, "with one it is done");
    fixture_finger = false;
    tap_ok(code('a', 200001) == 0x6982, "and nobody else has the next code");
    power();
    tap_ok(code('a', 200001) == 0x6982, "nor after power-up");
    fixture_finger = true;
    tap_ok(code('a', 1001) == 0x9000, "which takes a touch");
    fixture_finger = false;
    tap_ok(code('a', 1006) == 0x9000 && code('a', 1007) == 0x6982,
           "then the account goes on, and the guard with it");
}

/* What an unlock proves it proves once: the time since power-up is not to be
 * counted twice, and no proof comes back that was given up. */
static void test_unlock(void)
{
    static const char set[] =
        "00f20000 28 9004 01020304 7320"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    static const char unseal[] =
        "00f10000 22 7320"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    open_with('a');
    put('b', "21", "01");
    (void)code('a', 1000);
    (void)code('b', 1000);
    (void)fixture_ask(set);
    power();
    tap_ok(fixture_ask(unseal) == 0x9000 && code('b', 1001) == 0x9000,
           "marks prove the time once the store is open");
    fixture_finger = true;
    (void)fixture_ask("00f50000 03 710161");
    fixture_finger = false;
    (void)fixture_ask("00f10000");
    tap_ok(fixture_ask(unseal) == 0x9000 && code('a', 1002) == 0x6982,
           "but not again after a time reset");
    tap_ok(code('b', 1006) == 0x6982 && code('b', 1005) == 0x9000,
           "which says nothing of others");
    fixture_pass_ms(3600 * 1000);
    tap_ok(code('b', 1105) == 0x9000, "an hour passes");
    (void)fixture_ask("00f10000");
    (void)fixture_ask(unseal);
    tap_ok(code('b', 1105 + 100) == 0x6982 && code('b', 1105 + 20) == 0x9000,
           "and is not counted again after an unlock");
}

/* A name beginning with a period counts in steps of that. */
static void test_period(void)
{
    fixture_open();
    (void)fixture_select();
    (void)fixture_ask("00010000 20 710436302f61 73162106" KEY "7801");
    tap_ok(fixture_ask("00a20001 10 710436302f61 7408 0000000000000064") ==
               0x9000,
           "step 100 of 60 s");
    tap_ok(fixture_ask("00a20001 10 710436302f61 7408 0000000000000066") ==
                   0x9000 &&
               fixture_ask("00a20001 10 710436302f61 7408 0000000000000067") ==
                   0x6982,
           "the slack is in seconds");
    tap_ok(fixture_ask("00a40000 0a 7408 0000000000ffffff") == 0x9000 &&
               fixture_told("710436302f61 760506 00000000"),
           "CALCULATE ALL gives it zeros");
    tap_ok(fixture_ask("00a20001 10 710436302f61 7408 0000000000000066") ==
               0x9000,
           "and leaves its mark alone");
}

static void run(void)
{
    test_mark();
    test_ahead();
    test_leap();
    test_years();
    test_rename();
    test_creep();
    test_stranger();
    test_first();
    test_left();
    test_older();
    test_unguarded();
    test_all();
    test_recovery();
    test_unlock();
    test_period();
}

int main(void)
{
    fixture_on_both_interfaces(run);
    return tap_done();
}
