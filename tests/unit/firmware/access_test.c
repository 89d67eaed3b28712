/* SPDX-License-Identifier: MIT */
/* YKOATH's access key, and the passphrase that seals the master key. */
#include "src/hmac.h"
#include "src/sha1.h"
#include "src/sha256.h"
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

#define ACCESS "000102030405060708090a0b0c0d0e0f"
#define PASS "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define WRONG "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define KDF "010f0801 00112233445566778899aabbccddeeff"
#define SET_PASS "00f20000 38 9014 " KDF "7320" PASS
#define UNSEAL "00f10000 22 7320"

static uint8_t challenge[8];

/* The MAC of 8 bytes under the access key, in hex. */
static const char *answer(const uint8_t *data)
{
    static char hex[41];
    uint8_t mac[FOB_DIGEST_MAX], access[16];
    struct fob_hmac_key key;

    for (int i = 0; i < 16; i++)
        access[i] = (uint8_t)i;
    fob_hmac_key_init(&key, &fob_sha1, access, sizeof(access));
    fob_hmac(&key, data, 8, mac);
    for (int i = 0; i < 20; i++)
        snprintf(hex + 2 * i, 3, "%02x", mac[i]);
    return hex;
}

static unsigned set_code(const char *mac)
{
    char hex[200];

    snprintf(hex, sizeof(hex),
             "00030000 33 7311 21" ACCESS "7408 0000000000000000 7514 %s", mac);
    return fixture_ask(hex);
}

/* SELECT, keeping the challenge. */
static bool challenged(void)
{
    if (fixture_select() != 0x9000 || fixture_reply_len != 28 ||
        memcmp(fixture_reply + 15, "\x74\x08", 2) != 0 ||
        memcmp(fixture_reply + 25, "\x7b\x01\x21", 3) != 0)
        return false;
    memcpy(challenge, fixture_reply + 17, sizeof(challenge));
    return true;
}

static unsigned validate(const char *mac)
{
    char hex[120];

    snprintf(hex, sizeof(hex), "00a30000 20 7514 %s 7408 0000000000000000",
             mac);
    return fixture_ask(hex);
}

static void test_set_code(void)
{
    static const uint8_t zeros[8];
    char good[48];

    fixture_open();
    (void)fixture_select();
    snprintf(good, sizeof(good), "%s", answer(zeros));
    tap_ok(validate(good) == 0x6984, "without an access key nothing answers");
    tap_ok(set_code("0000000000000000000000000000000000000000") == 0x6984,
           "a key that its HMAC does not fit is not set");
    tap_ok(set_code(good) == 0x9000 && fixture_ask("00a10000") == 0x9000,
           "who sets the key stays authenticated");
    tap_ok(challenged() && fixture_ask("00a10000") == 0x6982,
           "SELECT then asks for it");
    tap_ok(validate(good) == 0x6a80, "a wrong answer is refused");
    tap_ok(validate(answer(challenge)) == 0x6a80, "and costs the challenge");
    tap_ok(challenged() && validate(answer(challenge)) == 0x9000 &&
               fixture_reply_len == 22 && fixture_reply[1] == 20,
           "the right one is answered with the token's own");
    snprintf(good, sizeof(good), "7514%s", answer(zeros));
    tap_ok(fixture_told(good), "which proves that it knows the key");
}

static void test_sessions(void)
{
    static const uint8_t list[] = {0, 0xa1, 0, 0};
    static const uint8_t select[] = {0, 0xa4, 4,    0,    7,    0xa0,
                                     0, 0,    0x05, 0x27, 0x21, 0x01};

    tap_ok(fixture_run(FOB_INTERFACE_CCID, select, sizeof(select)) == 0x9000 &&
               fixture_run(FOB_INTERFACE_CCID, list, sizeof(list)) == 0x6982 &&
               fixture_ask("00a10000") == 0x9000,
           "one interface's authentication is not the other's");
    tap_ok(fixture_ask("00030000 02 7300") == 0x9000 &&
               fixture_run(FOB_INTERFACE_CCID, list, sizeof(list)) == 0x9000,
           "a key of length 0 takes it away");
    tap_ok(set_code(answer((const uint8_t[8]){0})) == 0x9000 &&
               fixture_run(FOB_INTERFACE_CCID, list, sizeof(list)) == 0x6982,
           "a new key ends what the other interface had");
    (void)challenged();
    (void)validate(answer(challenge));
    tap_ok(fixture_ask("00030000") == 0x9000 && fixture_select() == 0x9000 &&
               fixture_reply_len == 15,
           "nothing at all takes it away as well");
}

static void test_guesses(void)
{
    (void)set_code(answer((const uint8_t[8]){0}));
    for (int i = 0; i < 8; i++) {
        (void)challenged();
        if (validate("0000000000000000000000000000000000000000") != 0x6a80)
            printf("# guess %d\n", i);
    }
    tap_ok(challenged() && validate(answer(challenge)) == 0x6983,
           "eight wrong answers are the last of a power-up");
    fixture_power();
    tap_ok(challenged() && validate(answer(challenge)) == 0x9000,
           "after the next one it is asked again");
    tap_ok(fixture_ask("0004dead") == 0x9000 && fixture_select() == 0x9000 &&
               fixture_reply_len == 15,
           "RESET takes the access key away");
}

/* --- passphrase ----------------------------------------------------------*/

static unsigned state(void)
{
    (void)fixture_ask("00f00000");
    for (size_t i = 0; i + 2 < fixture_reply_len;
         i += 2u + fixture_reply[i + 1])
        if (fixture_reply[i] == 0x82)
            return fixture_reply[i + 2] & 0x0fu;
    return 0xff;
}

static int flash_holds(const uint8_t *bytes, size_t len)
{
    int copies = 0;

    for (size_t i = 0; i + len <= sizeof(fixture_flash); i++)
        copies += memcmp(fixture_flash + i, bytes, len) == 0;
    return copies;
}

static void test_passphrase(void)
{
    uint8_t master[STORE_MASTER];

    fixture_open();
    (void)fixture_select();
    (void)fixture_ask("00010000 0a 710161 73052106010203");
    memcpy(master, fixture_app.oath.store.master, sizeof(master));
    tap_ok(state() == 0 && flash_holds(master, sizeof(master)) == 1,
           "without a passphrase the master key is in the flash");
    tap_ok(fixture_ask(UNSEAL PASS) == 0x6984 &&
               fixture_ask("00f10000") == 0x6984,
           "there is nothing to unseal then, and nothing to lock");
    tap_ok(fixture_ask(SET_PASS) == 0x9000 && state() == 0x01 &&
               fixture_ask("00a10000") == 0x9000,
           "setting one leaves the store open");
    tap_ok(flash_holds(master, sizeof(master)) == 0,
           "and the master key is in the flash no more");
    fixture_power();
    (void)fixture_select();
    tap_ok(state() == 0x03 && fixture_ask("00a10000") == 0x6982 &&
               fixture_ask("00a20001 0d 710161 7408 0000000000000001") ==
                   0x6982,
           "after power-up it is locked");
    tap_ok(fixture_ask(UNSEAL WRONG) == 0x63c7 && state() == 0x03,
           "a wrong key costs a try");
    tap_ok(fixture_ask(UNSEAL PASS) == 0x9000 && state() == 0x01 &&
               fixture_ask("00a10000") == 0x9000 && fixture_told("7202 2161"),
           "the right one opens it");
    tap_ok(fixture_ask("00f10000") == 0x9000 &&
               fixture_ask("00a10000") == 0x6982,
           "and it can be locked again");
    tap_ok(flash_holds(fixture_app.oath.store.master, 1) > 0 &&
               memcmp(fixture_app.oath.store.master, (uint8_t[32]){0}, 32) == 0,
           "which forgets the master key");
    (void)fixture_ask(UNSEAL PASS);
    tap_ok(fixture_ask("00f20000") == 0x9000 && state() == 0x00,
           "it can be taken away");
    fixture_power();
    (void)fixture_select();
    tap_ok(fixture_ask("00a10000") == 0x9000, "and then nothing is asked for");
}

static void test_forms(void)
{
    tap_ok(fixture_ask("00f20000 22 7320" PASS) == 0x6a80 &&
               fixture_ask("00f20000 27 9003 010203 7320" PASS) == 0x6a80 &&
               fixture_ask("00f20000 08 9004 01020304 7300") == 0x6a80,
           "SET PASSPHRASE wants derivation and key");
    tap_ok(fixture_ask("00f10000 04 7302 0102") == 0x6a80,
           "UNSEAL wants a whole key");
}

/* The derivation stays readable: the host needs it to unlock. */
static void test_info(void)
{
    (void)fixture_ask(SET_PASS);
    fixture_power();
    (void)fixture_select();
    (void)fixture_ask(UNSEAL WRONG);
    tap_ok(fixture_ask("00f00000") == 0x9000 && fixture_reply_len == 83 &&
               memcmp(fixture_reply + 17, "\x82\x01\x13\x83\x01\x07\x84\x14",
                      8) == 0,
           "INFO tells state, tries and derivation of a locked token");
}

static void test_locked(void)
{
    tap_ok(fixture_ask("00f00000") == 0x9000 &&
               fixture_ask("00f60000") == 0x9000 &&
               fixture_ask("00f80000 01 00") == 0x9000,
           "a locked token tells about itself, blinks, and takes noise");
    tap_ok(fixture_ask("00f20000") == 0x6982 &&
               fixture_ask("00f30000") == 0x6982 &&
               fixture_ask("00f40000") == 0x6982 &&
               fixture_ask("00f50000 03 710161") == 0x6982 &&
               fixture_ask("00030000") == 0x6982,
           "and keeps passphrase, accounts, uses and marks to itself");
    fixture_pass_ms(1);
    tap_ok(sim_board.led, "IDENTIFY lights the LED");
}

/* The port's numbers repeat from desk to desk; the host's are mixed in. */
static void test_stir(void)
{
    uint8_t id[2][STORE_ID];

    for (int i = 0; i < 2; i++) {
        fixture_open();
        (void)fixture_select();
        (void)fixture_ask(i == 0 ? "00f80000 02 0001" : "00f80000 02 0002");
        (void)fixture_ask("0004dead");
        memcpy(id[i], fixture_app.oath.store.id, STORE_ID);
    }
    tap_ok(memcmp(id[0], id[1], STORE_ID) != 0, "STIR goes into the next keys");
    tap_ok(fixture_ask("00f80000") == 0x6a80, "and wants something to stir in");
}

static void test_random(void)
{
    fixture_open();
    memset(fixture_flash, 0xff, sizeof(fixture_flash));
    sim_board.is_random_broken = true;
    fixture_power();
    (void)fixture_select();
    tap_ok(state() == 0x0a && fixture_ask("00a10000") == 0x6982,
           "without random numbers there is no master key");
    sim_board.is_random_broken = false;
    tap_ok(fixture_ask("00f80000 04 01020304") == 0x9000 &&
               fixture_ask("0004dead") == 0x9000 && state() == 0x00,
           "a reset makes one when there are");
    sim_board.is_random_broken = true;
    tap_ok(fixture_ask("00010000 0a 710161 73052106010203") == 0x6581 &&
               fixture_ask("00a10000") == 0x9000 && fixture_reply_len == 0,
           "nothing is stored without random numbers");
    sim_board.is_random_broken = false;
}

static void test_reset(void)
{
    uint8_t id[STORE_ID];

    fixture_open();
    (void)fixture_select();
    memcpy(id, fixture_reply + 7, sizeof(id));
    (void)fixture_ask("00010000 0a 710161 73052106010203");
    (void)fixture_ask(SET_PASS);
    fixture_power();
    (void)fixture_select();
    tap_ok(fixture_ask("0004dead") == 0x9000 && state() == 0x00 &&
               fixture_ask("00a10000") == 0x9000 && fixture_reply_len == 0,
           "RESET works on a locked token and leaves nothing");
    (void)fixture_select();
    tap_ok(memcmp(id, fixture_reply + 7, sizeof(id)) != 0, "but a new id");
}

int main(void)
{
    test_set_code();
    test_sessions();
    test_guesses();
    test_passphrase();
    test_forms();
    test_info();
    test_locked();
    test_stir();
    test_random();
    test_reset();
    return tap_done();
}
