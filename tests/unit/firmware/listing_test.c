/* SPDX-License-Identifier: MIT */
/* Answers as long as there are accounts, in parts. */
#include "tests/lib/gather.h"
#include "tests/lib/tap.h"

#define KEY "3132333435363738393031323334353637383930"

static void put_many(int count)
{
    char hex[300];

    for (int i = 0; i < count; i++) {
        snprintf(hex, sizeof(hex), "00010000 5a 7140 %0126x%02x 73162106" KEY,
                 0, i);
        if (fixture_ask(hex) != 0x9000)
            printf("# account %d is not put\n", i);
    }
}

/* Whether the names in `all` count up from 0, and what follows each is `len`
 * bytes long. */
static bool counts_up(int count, size_t before, size_t entry)
{
    if (gather_len != (size_t)count * entry)
        return false;
    for (int i = 0; i < count; i++)
        if (gather_all[(size_t)i * entry + before + 63] != i)
            return false;
    return true;
}

static void test_full(void)
{
    tap_ok(fixture_ask("00010000 1b 710161 73162106" KEY) == 0x6a84,
           "the account after the last is refused");
    tap_ok(
        fixture_ask("00010000 5a 7140 "
                    "00000000000000000000000000000000000000000000000000000000"
                    "00000000000000000000000000000000000000000000000000000000"
                    "0000000000000007 73162106" KEY) == 0x9000,
        "but one of them can be overwritten");
}

static void test_short(void)
{
    size_t largest = gather("00a10000", "00a50000");

    tap_ok(largest > 0 && largest <= 256 && counts_up(128, 3, 67),
           "LIST of 128 long names is whole, in parts of 256");
    largest = gather("00a10000 00", "00c00000 00");
    tap_ok(largest > 0 && counts_up(128, 3, 67), "GET RESPONSE does as well");
    largest = gather("00a40001 0a 7408 0000000000000001", "00a50000");
    tap_ok(largest > 0 && largest <= 256 && counts_up(128, 2, 73),
           "so is CALCULATE ALL");
    largest = gather("00a40000 0a 7408 0000000000000001", "00a50000");
    tap_ok(largest > 0 && largest <= 256 && counts_up(128, 2, 66 + 23),
           "and with whole HMACs");
    largest = gather("00f30000", "00a50000");
    tap_ok(largest > 0 && largest <= 256 && counts_up(128, 2, 66 + 22),
           "and ACCOUNTS");
}

static void test_extended(void)
{
    size_t largest = gather("00a10000 000000", "00a50000 000000");

    tap_ok(largest > 256 && largest <= 512 && counts_up(128, 3, 67),
           "extended parts are longer");
}

/* Entries of 64, 64, 64 and 65 bytes: the last one has to wait. */
static void test_fit(void)
{
    char hex[300];

    fixture_open();
    (void)fixture_select();
    for (int i = 0; i < 4; i++) {
        int len = i < 3 ? 61 : 62;

        snprintf(hex, sizeof(hex), "00010000 %02x 71%02x %0*x 7303210601",
                 len + 7, len, 2 * len, i);
        (void)fixture_ask(hex);
    }
    tap_ok(fixture_ask("00a10000") == 0x6100 && fixture_reply_len == 192 &&
               fixture_ask("00a50000") == 0x9000 && fixture_reply_len == 65,
           "what would be a byte over waits");
    (void)fixture_ask(
        "00050000 7f 713e "
        "00000000000000000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000000"
        "00000003 713d"
        "00000000000000000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000000000000000"
        "000003");
    tap_ok(fixture_ask("00a10000") == 0x9000 && fixture_reply_len == 256,
           "what fits to the byte does not");
}

/* However short the names are. */
static void test_work(void)
{
    static const struct {
        const char *kind;
        size_t most;
    } kinds[] = {{"21", 3}, {"22", 3}, {"23", 1}};
    bool good = true;
    char hex[80];

    for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
        size_t largest;

        fixture_open();
        (void)fixture_select();
        for (int i = 0; i < 9; i++) {
            snprintf(hex, sizeof(hex), "00010000 1b 7101%02x 7316%s06" KEY, i,
                     kinds[k].kind);
            (void)fixture_ask(hex);
        }
        largest = gather("00a40001 0a 7408 0000000000000001", "00a50000");
        good = good && gather_len == 9 * 10 && largest == kinds[k].most * 10;
        (void)gather("00a10000 000000", "00a50000 000000");
        good = good && gather_len == 9 * 4 && gather_parts == 3;
    }
    tap_ok(good, "a part makes the host wait for a few accounts at most");
}

/* Accounts that do not unseal any more cost work as well. */
static void test_damaged(void)
{
    fixture_open();
    (void)fixture_select();
    put_many(9);
    for (int i = 0; i < 9; i++)
        fixture_flash[fixture_app.oath.store.accounts[i].at * LOG_RECORD_UNIT +
                      40] ^= 1;
    tap_ok(fixture_ask("00a10000") == 0x6100 && fixture_reply_len == 0,
           "a part of accounts that are damaged is empty");
    tap_ok(gather("00a10000", "00a50000") == 0 && gather_len == 0 &&
               gather_parts == 3,
           "and the listing ends");
}

static void test_end(void)
{
    (void)gather("00a10000", "00a50000");
    tap_ok(fixture_ask("00a50000") == 0x6984, "after the last part is nothing");
    (void)fixture_ask("00a10000");
    (void)fixture_ask("00f60000");
    tap_ok(fixture_ask("00a50000") == 0x6984, "another command ends a listing");
    (void)fixture_ask("00a10000");
    (void)fixture_select();
    tap_ok(fixture_ask("00a50000") == 0x6984, "and so does SELECT");
}

static void test_kinds(void)
{
    fixture_open();
    (void)fixture_select();
    (void)fixture_ask("00010000 1b 710170 73162106" KEY);
    (void)fixture_ask("00010000 1b 710168 73161106" KEY);
    (void)fixture_ask("00010000 1d 710174 73162107" KEY "7802");
    (void)fixture_ask("00010000 20 710436302f61 73162108" KEY "7800");
    tap_ok(gather("00a40001 0a 7408 0000000000000001", "00a50000") > 0 &&
               gathered("710170 76050641397eea 710168 770106 710174 7c0107 "
                        "710436302f61 76050800000000"),
           "CALCULATE ALL tells codes, HOTP, touch and other periods apart");
    tap_ok(fixture_ask("00a20001 05 710168 7400") == 0x9000 &&
               fixture_told("7605064c93cf18"),
           "and has used up no HOTP counter");
    tap_ok(
        fixture_ask("00a40001 42 7440 "
                    "00000000000000000000000000000000000000000000000000000000"
                    "00000000000000000000000000000000000000000000000000000000"
                    "0000000000000000") == 0x6100 &&
            fixture_ask("00a40001 43 7441 "
                        "000000000000000000000000000000000000000000000000"
                        "000000000000000000000000000000000000000000000000"
                        "0000000000000000000000000000000000") == 0x6a80,
        "challenges are of at most 64 bytes");
    tap_ok(fixture_ask("00a40001") == 0x6a80 &&
               fixture_ask("00a40001 02 7400") == 0x6a80,
           "it wants a challenge");
}

/* A period is one to five digits and a slash, and not 0. */
static void test_periods(void)
{
    static const char *const usual[] = {
        "71023630",            /* 60 */
        "7103363078",          /* 60x */
        "7103302f61",          /* 0/a */
        "7107 3132333435362f", /* 123456/ */
        "71022f61",            /* /a */
        "7105 33302f6162",     /* 30/ab */
    };
    char hex[120];
    bool good = true;

    for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++) {
        size_t len = (size_t)(usual[i][3] - '0');

        fixture_open();
        (void)fixture_select();
        snprintf(hex, sizeof(hex), "00010000 %02x %s 73162106" KEY,
                 (unsigned)len + 26, usual[i]);
        good = good && fixture_ask(hex) == 0x9000 &&
               fixture_ask("00a40001 0a 7408 0000000000000001") == 0x9000 &&
               memcmp(fixture_reply + 2 + len, "\x76\x05\x06\x41", 4) == 0;
    }
    tap_ok(good, "names that only look like a period have the usual one");
    fixture_open();
    (void)fixture_select();
    (void)fixture_ask("00010000 21 7107 39393939392f61 73162106" KEY);
    tap_ok(fixture_ask("00a40001 0a 7408 0000000000000001") == 0x9000 &&
               fixture_told("7107 39393939392f61 760506 00000000"),
           "99999/a has one of its own");
}

int main(void)
{
    fixture_open();
    (void)fixture_select();
    put_many(128);
    test_full();
    test_short();
    test_extended();
    test_end();
    test_kinds();
    test_periods();
    test_fit();
    test_work();
    test_damaged();
    return tap_done();
}
