/* SPDX-License-Identifier: MIT */
/* YKOATH by raw APDUs: selection, accounts, and codes of the RFCs. */
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

/* "12345678901234567890", the key of RFC 4226 and RFC 6238. */
#define KEY "3132333435363738393031323334353637383930"

static void test_select(void)
{
    static const char *const others[] = {
        "00a40400 08 a000000527471117",
        "00a40400 07 a0000005272001",
        "00a40400 08 a0000006472f0001",
        "00a40400 07 a0000005271002",
        "00a40400 05 a000000308",
        "00a40400 06 d27600012401",
        "00a40400",
        "00a40400 08 a000000527210100",
    };
    bool refused = true;

    fixture_open();
    tap_ok(fixture_ask("00a10000") == 0x6d00, "nothing works before SELECT");
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        refused = refused && fixture_ask(others[i]) == 0x6a82;
    tap_ok(refused, "other applications are not there");
    tap_ok(fixture_select() == 0x9000 && fixture_reply_len == 15 &&
               memcmp(fixture_reply, "\x79\x03\x05\x04\x03\x71\x08", 7) == 0,
           "SELECT tells version and id");
    tap_ok(fixture_ask("00a40400 05 a000000308") == 0x6a82 &&
               fixture_ask("00a10000") == 0x9000,
           "a failed SELECT leaves the application selected");
}

static void test_forms(void)
{
    tap_ok(fixture_ask("80a10000") == 0x6e00, "another class is refused");
    tap_ok(fixture_ask("00aa0000") == 0x6d00, "and another instruction");
    tap_ok(fixture_ask("00a10001") == 0x6b00 &&
               fixture_ask("00a20002") == 0x6b00 &&
               fixture_ask("00040000") == 0x6b00 &&
               fixture_ask("00a40500") == 0x6b00,
           "and other parameters");
    tap_ok(fixture_ask("00a100") == 0x6700 &&
               fixture_ask("00010000 05 7101") == 0x6700,
           "and lengths that do not agree");
    tap_ok(fixture_ask("00a10000 00") == 0x9000 &&
               fixture_ask("00a10000 000000") == 0x9000,
           "LIST is taken with a short and an extended Le");
}

static void test_put_syntax(void)
{
    static const char *const wrong[] = {
        "00010000",
        "00010000 03 710161",                         /* no key */
        "00010000 05 7303210601",                     /* no name */
        "00010000 07 7100 7303210601",                /* empty name */
        "00010000 07 710161 73032106",                /* cut */
        "00010000 07 710161 73022106",                /* empty key */
        "00010000 08 710161 7303310601",              /* type 3 */
        "00010000 08 710161 7303240601",              /* algorithm 4 */
        "00010000 08 710161 7303200601",              /* algorithm 0 */
        "00010000 08 710161 7303210501",              /* five digits */
        "00010000 08 710161 7303210901",              /* nine */
        "00010000 0a 710161 7303210601 7804",         /* unknown property */
        "00010000 0b 710161 7303210601 710162",       /* two names */
        "00010000 0b 710161 7303210601 7c0101",       /* a tag of answers */
        "00010000 0e 710161 7303210601 7a0400000001", /* TOTP counter */
        "00010000 0d 710161 7303110601 7a03000001",   /* three bytes */
    };
    bool refused = true;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        unsigned sw = fixture_ask(wrong[i]);

        if (sw != 0x6a80)
            printf("# %s: %04x\n", wrong[i], sw);
        refused = refused && sw == 0x6a80;
    }
    tap_ok(refused, "PUT refuses what is not in its grammar");
    tap_ok(fixture_ask("00a10000") == 0x9000 && fixture_reply_len == 0,
           "and stores none of it");
}

/* RFC 4226, appendix D: the truncated values. */
static void test_hotp(void)
{
    static const char *const values[] = {
        "4c93cf18", "41397eea", "082fef30", "66ef7655", "61c5938a",
        "33c083d4", "7256c032", "04e5b397", "2823443f", "2679dc69"};
    bool good = true;

    tap_ok(fixture_ask("00010000 1b 710168 73161106" KEY) == 0x9000,
           "a HOTP account is put");
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        char wanted[24];

        snprintf(wanted, sizeof(wanted), "760506%s", values[i]);
        good = good && fixture_ask("00a20001 05 710168 7400") == 0x9000 &&
               fixture_told(wanted);
        if (i == 4)
            fixture_power();
        good = good && fixture_select() == 0x9000;
    }
    tap_ok(good, "RFC 4226's ten values, over a power cycle");
}

static void test_full(void)
{
    (void)fixture_ask("00010000 1b 710168 73161106" KEY);
    tap_ok(fixture_ask("00a20000 05 710168 7400") == 0x9000 &&
               fixture_told("751506 cc93cf18508d94934c64b65d8ba7667fb7cde4b0"),
           "overwritten, it starts again, and gives the whole HMAC");
    (void)fixture_ask("00010000 21 710168 73161106" KEY "7a0400000005");
    tap_ok(fixture_ask("00a20001 05 710168 7400") == 0x9000 &&
               fixture_told("76050633c083d4"),
           "an initial counter is the first one used");
    tap_ok(fixture_ask("00a20001 0d 710168 74080000000000000000") == 0x9000 &&
               fixture_told("7605067256c032"),
           "a challenge for HOTP is passed over");
    tap_ok(fixture_ask("00a20001 03 710168") == 0x6a80,
           "but one there must be");
}

/* RFC 6238, appendix B, time 20000000000: step 27BC86AA. */
static void test_totp(void)
{
    static const struct {
        const char *name, *put;
        uint32_t code;
    } cases[] = {
        {"SHA-1", "00010000 1b 710174 73162108" KEY, 65353130},
        {"SHA-256",
         "00010000 27 710174 73222208" KEY "313233343536373839303132",
         77737706},
        {"SHA-512", "00010000 47 710174 73422308" KEY KEY KEY "31323334",
         47863826},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        bool good =
            fixture_ask(cases[i].put) == 0x9000 &&
            fixture_ask("00a20001 0d 710174 7408 0000000027bc86aa") == 0x9000 &&
            fixture_reply_len == 7;
        uint32_t bits = (uint32_t)fixture_reply[3] << 24 |
                        (uint32_t)fixture_reply[4] << 16 |
                        (uint32_t)fixture_reply[5] << 8 | fixture_reply[6];

        tap_ok(good && fixture_reply[2] == 8 && bits >> 31 == 0 &&
                   bits % 100000000 == cases[i].code,
               "%s gives RFC 6238's code", cases[i].name);
    }
    tap_ok(fixture_ask("00a20001 05 710174 7400") == 0x6a80,
           "TOTP without a challenge is refused");
    tap_ok(fixture_ask("00a20001 05 71017a 7400") == 0x6984,
           "and so is an account that is not there");
}

static void test_property(void)
{
    (void)fixture_ask("00010000 1d 710170 73162106" KEY "7802");
    (void)fixture_ask("00010000 23 710171 73161106" KEY "7802 7a0400000001");
    fixture_pass_ms(20000);
    tap_ok(fixture_ask("00a20001 0d 710170 7408 0000000000000001") == 0x6982 &&
               fixture_ask("00a20001 05 710171 7400") == 0x6982,
           "a property without a length byte is not lost");
    fixture_finger = true;
    tap_ok(fixture_ask("00a20001 05 710171 7400") == 0x9000 &&
               fixture_told("76050641397eea"),
           "nor the counter after it");
    fixture_finger = false;
}

static void test_names(void)
{
    tap_ok(fixture_ask("00020000 03 710168") == 0x9000 &&
               fixture_ask("00020000 03 710168") == 0x6984,
           "DELETE, and nothing is left to delete");
    tap_ok(fixture_ask("00050000 06 710171 710170") == 0x6a80,
           "RENAME does not make two of one name");
    tap_ok(fixture_ask("00050000 06 71017a 710179") == 0x6984,
           "nor something of nothing");
    tap_ok(fixture_ask("00050000 06 710174 710174") == 0x6a80,
           "and an account's own name is taken, too");
    tap_ok(fixture_ask("00050000 06 710174 710175") == 0x9000 &&
               fixture_ask("00a20001 0d 710175 7408 0000000027bc86aa") ==
                   0x9000,
           "or change it");
    tap_ok(fixture_ask("00a10000") == 0x9000 &&
               fixture_told("7202 2375 7202 2170 7202 1171"),
           "LIST has each once");
}

/* As yubikey-manager 5 sends them to what looks like USB by its ATR: extended
 * lengths without Le, and the bare head when there is no data. */
static void test_extended(void)
{
    fixture_open();
    (void)fixture_select();
    tap_ok(fixture_ask("00010000 00001b 710165 73162106" KEY) == 0x9000 &&
               fixture_ask("00050000 000006 710165 710166") == 0x9000 &&
               fixture_ask("00a20001 00000d 710166 7408 0000000000000001") ==
                   0x9000 &&
               fixture_told("760506 41397eea"),
           "PUT, RENAME and CALCULATE come with extended lengths");
    tap_ok(fixture_ask("00a40001 00000a 7408 0000000000000001") == 0x9000 &&
               fixture_told("710166 760506 41397eea") &&
               fixture_ask("00a40001 00000a 7408 0000000000000001 0000") ==
                   0x9000 &&
               fixture_ask("00a10000") == 0x9000 && fixture_told("7202 2166"),
           "and CALCULATE ALL, with Le too; LIST with no length at all");
    tap_ok(fixture_ask("00030000 000002 7300") == 0x9000 &&
               fixture_ask("00020000 000003 710166") == 0x9000 &&
               fixture_ask("00020000 000004 710166") == 0x6700,
           "and SET CODE and DELETE, unless the lengths are wrong");
}

/* 128 bytes of key by an extended APDU, checked by what HMAC-SHA-512 of it
 * truncates to (openssl dgst -sha512 -mac HMAC). */
static void test_long_key(void)
{
    static char put[700];
    size_t len = (size_t)snprintf(put, sizeof(put),
                                  "00010000 000088 "
                                  "710178 738182 2306");

    for (int i = 0; i < 128; i++)
        len += (size_t)snprintf(put + len, sizeof(put) - len, "%02x", i);
    tap_ok(fixture_ask(put) == 0x9000, "a key of 128 bytes is taken");
    tap_ok(fixture_ask("00a20001 0d 710178 7408 0000000000000001") == 0x9000 &&
               fixture_told("7605066349007b"),
           "and used whole");
}

int main(void)
{
    test_select();
    test_forms();
    test_put_syntax();
    test_hotp();
    test_full();
    test_totp();
    test_property();
    test_names();
    test_extended();
    test_long_key();
    return tap_done();
}
