/* SPDX-License-Identifier: MIT */
#include "src/otpauth.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#define SEED "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define URI "otpauth://totp/a?secret=" SEED

static enum fob_status parse(const char *uri, struct fob_account *account)
{
    size_t len = strlen(uri);
    char *exact = exact_copy(uri, len);
    enum fob_status status = fob_otpauth_parse(exact, len, account);

    free(exact);
    return status;
}

static void test_aws(void)
{
    struct fob_account account;

    tap_ok(parse("otpauth://totp/Amazon%20Web%20Services:dev@my-alias?secret="
                 "A234567A234567A234567A234567A234567A234567A234567A234567A234"
                 "5672&issuer=Amazon%20Web%20Services",
                 &account) == FOB_OK,
           "AWS's QR code is read");
    tap_ok(!strcmp(account.issuer, "Amazon Web Services"), "its issuer");
    tap_ok(!strcmp(account.label, "dev@my-alias"), "its label");
    tap_ok(account.secret_len == 40, "its 40-byte secret");
    tap_ok(account.type == FOB_TOTP && account.hash == FOB_SHA1 &&
               account.digits == 6 && account.period_s == 30 &&
               account.counter == 0,
           "its defaults");
    tap_ok(parse("otpauth://totp/dev%40123456789012?secret=" SEED, &account) ==
                   FOB_OK &&
               !strcmp(account.label, "dev@123456789012") &&
               account.issuer[0] == '\0',
           "an older one without issuer");
}

static void test_parameters(void)
{
    struct fob_account account;

    tap_ok(parse("OTPAUTH://HOTP/x?counter=18446744073709551615&digits=8&"
                 "Algorithm=sha512&SECRET=" SEED,
                 &account) == FOB_OK &&
               account.type == FOB_HOTP && account.counter == UINT64_MAX &&
               account.digits == 8 && account.hash == FOB_SHA512 &&
               account.period_s == 0,
           "names in any case; the largest counter");
    tap_ok(parse(URI "&algorithm=SHA256&digits=7&period=86400", &account) ==
                   FOB_OK &&
               account.hash == FOB_SHA256 && account.digits == 7 &&
               account.period_s == 86400,
           "SHA256, 7 digits, a day");
    tap_ok(parse("otpauth://hotp/a?secret=" SEED, &account) == FOB_OK &&
               account.counter == 0,
           "a HOTP account without a counter begins at 0");
    tap_ok(parse(URI "&counter=x&image=%&&lock&=#issuer=no", &account) ==
                   FOB_OK &&
               account.issuer[0] == '\0',
           "what is unknown, of the other type or a fragment is passed over");
    tap_ok(parse(" \r\n" URI "\t\r\n", &account) == FOB_OK,
           "white space around is passed over");
}

static void test_names(void)
{
    static const struct {
        const char *label, *issuer, *want_label, *want_issuer;
    } names[] = {
        {"me", "", "me", ""},
        {"me", "&issuer=Shop", "me", "Shop"},
        {"Shop:me", "", "me", "Shop"},
        {"Shop%3Ame", "", "me", "Shop"},
        {"Shop%3a%20me", "", "me", "Shop"},
        {"Shop:%20%20me%20", "", "me", "Shop"},
        {"Old:me", "&issuer=New", "me", "New"},
        {"Shop:me", "&issuer=", "me", "Shop"},
        {"a%3Ab:c%3Ad", "", "c:d", "a:b"},
        {":a%3Ab", "", "a:b", ""},
        {"a:b:c", "", "b:c", "a"},
        {"a+b", "&issuer=c+d", "a+b", "c d"},
        {"c+d:a", "&issuer=c+d", "a", "c+d"},
        {"c%20d:a", "&issuer=c+d", "a", "c d"},
        {"a", "&issuer=c%2Bd", "a", "c+d"},
        {"a", "&issuer=c%20d+e", "a", "c d+e"},
        {"a", "&issuer=c d+e", "a", "c d+e"},
        {"N.org:%20Free%20code:me", "&issuer=N.org%3A+Free+code", "me",
         "N.org: Free code"},
        {"N%20(https://x.cat)%3Ame", "&issuer=N%20(https://x.cat)", "me",
         "N (https://x.cat)"},
        {"Shop%20:%20me", "&issuer=Shop", "me", "Shop"},
        {"Microsoft:Firm:me", "&issuer=Microsoft", "Firm:me", "Microsoft"},
        {"Shop:", "", "Shop", ""},
        {"Shop:%20", "", "Shop", ""},
        {"", "&issuer=Shop", "Shop", ""},
        {"%3A", "&issuer=Shop", "Shop", ""},
        {"a%0A", "", "a", ""},
        {"%EF%BB%BFa%C2%A0", "&issuer=%E2%80%8BShop%E2%80%83", "a", "Shop"},
        {"a#1", "&issuer=Shop#2", "a#1", "Shop#2"},
        {"a", "&amp;issuer=Shop", "a", "Shop"},
        {"a", "&#38;issuer=Shop", "a", "Shop"},
        {"a", "& issuer=Shop", "a", "Shop"},
        {"a", "&issuer", "a", ""},
        {"a", "&issuer=Shop&issuer=Shop", "a", "Shop"},
        {"a", "&issuer=&issuer=Shop", "a", "Shop"},
        {"Gr%C3%BC%C3%9Fe", "",
         "Gr\xc3\xbc\xc3\x9f"
         "e",
         ""},
        {"a/b", "", "a/b", ""},
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct fob_account account;
        char uri[200];

        snprintf(uri, sizeof(uri), "otpauth://totp/%s?secret=" SEED "%s",
                 names[i].label, names[i].issuer);
        tap_ok(parse(uri, &account) == FOB_OK &&
                   !strcmp(account.label, names[i].want_label) &&
                   !strcmp(account.issuer, names[i].want_issuer),
               "label %s%s", names[i].label, names[i].issuer);
    }
}

static void test_secrets(void)
{
    static const char *const forms[] = {
        "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
        "GEZD%20GNBV-GY3T%20QOJQ-GEZDGNBVGY3TQOJQ",
        SEED "======",
        SEED "%3D%3D",
        "%47EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "GEZD+GNBV+GY3T+QOJQ+GEZD+GNBV+GY3T+QOJQ",
        "GEZDGNBVGY3TQOJQ%0D%0AGEZDGNBVGY3TQOJQ%0A",
        "GEZDGNBVGY3TQOJQ%C2%A0GEZDGNBVGY3TQOJQ",
        "%EF%BB%BFGEZDGNBVGY3TQOJQ\xe2\x80\x8bGEZDGNBVGY3TQOJQ",
        "GEZDGNBVGY3TQOJQ%E2%80%93GEZDGNBVGY3TQOJQ",
        SEED "&secret=" SEED,
        "&secret=" SEED,
    };

    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        struct fob_account account;
        char uri[200];

        snprintf(uri, sizeof(uri), "otpauth://totp/a?secret=%s", forms[i]);
        tap_ok(parse(uri, &account) == FOB_OK && account.secret_len == 20 &&
                   !memcmp(account.secret, "12345678901234567890", 20),
               "secret %s", forms[i]);
    }
}

/* As programs spell them, and absent ones. */
static void test_words(void)
{
    static const struct {
        const char *words;
        enum fob_hash hash;
        unsigned digits, period_s;
    } ways[] = {
        {"&algorithm=sha-256", FOB_SHA256, 6, 30},
        {"&algorithm=HmacSHA1", FOB_SHA1, 6, 30},
        {"&algorithm=SHA-1", FOB_SHA1, 6, 30},
        {"&algorithm=hmac-sha512", FOB_SHA512, 6, 30},
        {"&algorithm=HMAC_SHA_256", FOB_SHA256, 6, 30},
        {"&algorithm=%20Sha256%20", FOB_SHA256, 6, 30},
        {"&algo=SHA512", FOB_SHA512, 6, 30},
        {"&algorithm=&digits=&period=", FOB_SHA1, 6, 30},
        {"&algorithm&digits&period&counter", FOB_SHA1, 6, 30},
        {"&digits=08&period=060", FOB_SHA1, 8, 60},
        {"&digits=+7", FOB_SHA1, 7, 30},
        {"&digits=6%20", FOB_SHA1, 6, 30},
        {"&amp;digits=8&amp;algorithm=SHA256&amp;period=60", FOB_SHA256, 8, 60},
        {"&#38;digits=8&#x26;period=60", FOB_SHA1, 8, 60},
        {"&digit=8&interval=60", FOB_SHA1, 8, 60},
        {"&encoder=", FOB_SHA1, 6, 30},
        {"&size=200x200&image=https://x.org/a.png?digits=8#period=9", FOB_SHA1,
         6, 30},
    };

    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        struct fob_account account;
        char uri[200];

        snprintf(uri, sizeof(uri), URI "%s", ways[i].words);
        tap_ok(parse(uri, &account) == FOB_OK && account.hash == ways[i].hash &&
                   account.digits == ways[i].digits &&
                   account.period_s == ways[i].period_s,
               "words %s", ways[i].words);
    }
}

static void test_name(void)
{
    const struct fob_span bare = fob_span_of(
                              "otpauth://totp?secret=" SEED "&issuer=Shop", 99),
                          named = fob_span_of(URI, 99);
    struct fob_otpauth_fault fault;
    struct fob_account account;

    tap_ok(fob_otpauth_read(bare, "work", &account, &fault) == FOB_OK &&
               !strcmp(account.label, "work") &&
               !strcmp(account.issuer, "Shop"),
           "a URI without a label is called as the caller says");
    tap_ok(fob_otpauth_read(named, "work", &account, &fault) == FOB_OK &&
               !strcmp(account.label, "a"),
           "and one with a label keeps it");
}

/* What is wrong, and where. */
static void test_faults(void)
{
    static const struct {
        const char *uri;
        enum fob_otpauth_wrong wrong;
        enum fob_otpauth_part part;
        uint64_t number;
    } faults[] = {
        {" ", FOB_OTPAUTH_EMPTY, FOB_OTPAUTH_PART_WHOLE, 0},
        {"otpauth-migration://offline?data=CgA", FOB_OTPAUTH_MIGRATION,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {"phonefactor://activate_account?code=1", FOB_OTPAUTH_MICROSOFT,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {"oktaverify://email@x?t=1", FOB_OTPAUTH_OTHER_APP,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {"FIDO:/0123456789", FOB_OTPAUTH_PASSKEY, FOB_OTPAUTH_PART_WHOLE, 0},
        {"https://play.google.com/x", FOB_OTPAUTH_WEB, FOB_OTPAUTH_PART_WHOLE,
         0},
        {SEED, FOB_OTPAUTH_BARE, FOB_OTPAUTH_PART_WHOLE, 0},
        {"WIFI:S:home;;", FOB_OTPAUTH_OTHER, FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "\n" URI, FOB_OTPAUTH_LINES, FOB_OTPAUTH_PART_WHOLE, 0},
        {"HELLO", FOB_OTPAUTH_OTHER, FOB_OTPAUTH_PART_WHOLE, 0},
        {URI URI, FOB_OTPAUTH_TWO, FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&issuer=A OtpAuth://totp/b?secret=" SEED, FOB_OTPAUTH_TWO,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&issuer=otpauth%3a//totp/b", FOB_OTPAUTH_TWO,
         FOB_OTPAUTH_PART_LABEL, 0},
        {"otpauth://totp/otpauth%3A%2F%2Fb?secret=" SEED, FOB_OTPAUTH_TWO,
         FOB_OTPAUTH_PART_LABEL, 0},
        {"steam://" SEED, FOB_OTPAUTH_STEAM, FOB_OTPAUTH_PART_WHOLE, 0},
        {"otpauth://steam/a?secret=" SEED, FOB_OTPAUTH_STEAM,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&encoder=steam", FOB_OTPAUTH_STEAM, FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&steam", FOB_OTPAUTH_STEAM, FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&digits=s", FOB_OTPAUTH_STEAM, FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&algorithm=Steam", FOB_OTPAUTH_STEAM, FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&issuer=Steam", FOB_OTPAUTH_STEAM, FOB_OTPAUTH_PART_ISSUER, 0},
        {"otpauth://totp/steam:a?secret=" SEED "&digits=6", FOB_OTPAUTH_STEAM,
         FOB_OTPAUTH_PART_ISSUER, 0},
        {"motp://Shop:a?secret=0123456789abcdef", FOB_OTPAUTH_MOTP,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {"otpauth://motp/a?secret=" SEED, FOB_OTPAUTH_MOTP,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {"otpauth://yaotp/a?secret=" SEED, FOB_OTPAUTH_YANDEX,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&encoder=yandex&yandexpin=1", FOB_OTPAUTH_YANDEX,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {URI "&encoder=base36", FOB_OTPAUTH_ENCODER, FOB_OTPAUTH_PART_WHOLE, 0},
        {"otpauth://pipush/a?secret=" SEED, FOB_OTPAUTH_TYPE,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {"otpauth:totp/a?secret=" SEED, FOB_OTPAUTH_SHAPE,
         FOB_OTPAUTH_PART_WHOLE, 0},
        {"otpauth://totp?secret=" SEED, FOB_OTPAUTH_NO_LABEL,
         FOB_OTPAUTH_PART_LABEL, 0},
        {"otpauth://totp/a&secret=" SEED, FOB_OTPAUTH_NO_SECRET,
         FOB_OTPAUTH_PART_SECRET, 0},
        {"otpauth://totp/a?secret=", FOB_OTPAUTH_NO_SECRET,
         FOB_OTPAUTH_PART_SECRET, 0},
        {URI "&period=30&amp;period=60", FOB_OTPAUTH_TWICE,
         FOB_OTPAUTH_PART_PERIOD, 0},
        {"otpauth://totp/a%2?secret=" SEED, FOB_OTPAUTH_ESCAPE,
         FOB_OTPAUTH_PART_LABEL, 0},
        {URI "&issuer=100%", FOB_OTPAUTH_ESCAPE, FOB_OTPAUTH_PART_ISSUER, 0},
        {"otpauth://totp/a?secret=%4", FOB_OTPAUTH_ESCAPE,
         FOB_OTPAUTH_PART_SECRET, 0},
        {"otpauth://totp/Gr%FC%DFe?secret=" SEED, FOB_OTPAUTH_NO_TEXT,
         FOB_OTPAUTH_PART_LABEL, 0},
        {URI "&issuer=a%1B", FOB_OTPAUTH_NO_TEXT, FOB_OTPAUTH_PART_ISSUER, 0},
        {URI "&period=30s", FOB_OTPAUTH_NO_NUMBER, FOB_OTPAUTH_PART_PERIOD, 0},
        {URI "&digits=9", FOB_OTPAUTH_RANGE, FOB_OTPAUTH_PART_DIGITS, 9},
        {URI "&digits=10", FOB_OTPAUTH_RANGE, FOB_OTPAUTH_PART_DIGITS, 10},
        {URI "&digits=5", FOB_OTPAUTH_RANGE, FOB_OTPAUTH_PART_DIGITS, 5},
        {URI "&period=0", FOB_OTPAUTH_RANGE, FOB_OTPAUTH_PART_PERIOD, 0},
        {URI "&period=18446744073709551616", FOB_OTPAUTH_RANGE,
         FOB_OTPAUTH_PART_PERIOD, UINT64_MAX},
        {URI "&algorithm=MD5", FOB_OTPAUTH_ALGORITHM,
         FOB_OTPAUTH_PART_ALGORITHM, 0},
        {"otpauth://totp/a?secret=GEZDGNBV", FOB_OTPAUTH_WEAK,
         FOB_OTPAUTH_PART_SECRET, 0},
    };

    for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
        struct fob_otpauth_fault fault;
        struct fob_account account;
        size_t len = strlen(faults[i].uri);
        char *exact = exact_copy(faults[i].uri, len);

        tap_ok(fob_otpauth_read((struct fob_span){exact, len}, NULL, &account,
                                &fault) == fob_otpauth_status(fault.wrong) &&
                   fault.wrong == faults[i].wrong &&
                   fault.part == faults[i].part &&
                   fault.number == faults[i].number,
               "told: %.*s", (int)strcspn(faults[i].uri, "\n"), faults[i].uri);
        free(exact);
    }
}

/* An importer says whose account it leaves out. */
static void test_names_of_refused(void)
{
    static const char *const uris[] = {
        "otpauth://steam/Shop:a?secret=" SEED,
        "otpauth://totp/a?issuer=Shop&secret=1",
        "otpauth://totp/Shop:a?digits=9&secret=" SEED,
        "otpauth://totp/Shop:a?algorithm=MD5&secret=" SEED,
    };

    for (size_t i = 0; i < sizeof(uris) / sizeof(*uris); i++) {
        struct fob_account account;

        tap_ok(parse(uris[i], &account) != FOB_OK &&
                   !strcmp(account.issuer, "Shop") &&
                   !strcmp(account.label, "a"),
               "refused by name: %s", uris[i]);
    }
}

/* Where a mark is missing, a secret is where a name should be. */
static void test_misplaced_secret(void)
{
    static const char *const uris[] = {
        "otpauth://totp/a&secret=" SEED,
        "otpauth://totp/a/secret=" SEED,
        "otpauth://steam/" SEED,
        "otpauth://totp/" SEED "?issuer=Shop",
        "otpauth://totp/a?issuer=Shop%26secret=" SEED "&secret=1",
        "otpauth://totp/a%3Fsecret=" SEED "?secret=1",
    };
    static const struct fob_account zeros;

    for (size_t i = 0; i < sizeof(uris) / sizeof(*uris); i++) {
        struct fob_account account;

        tap_ok(parse(uris[i], &account) != FOB_OK &&
                   !memcmp(&account, &zeros, sizeof(zeros)),
               "no name is made of %s", uris[i]);
    }
}

static void test_secret_fault(void)
{
    struct fob_otpauth_fault fault;
    struct fob_account account;

    tap_ok(fob_otpauth_read(
               fob_span_of("otpauth://totp/a?secret=GEZD%20GNBV+GY1T", 99),
               NULL, &account, &fault) == FOB_E_SYNTAX &&
               fault.wrong == FOB_OTPAUTH_SECRET &&
               fault.secret.wrong == FOB_BASE32_DIGIT &&
               fault.secret.place == 11,
           "the place of a wrong character, separators not counted");
}

static void test_short_secret(void)
{
    struct fob_account account;

    tap_ok(parse("otpauth://totp/a?secret=GEZDGNBVGY3TQOI", &account) ==
                   FOB_E_TOO_SHORT &&
               account.secret_len == 9 && !strcmp(account.label, "a"),
           "a weak secret is told, and filled in for those that force");
}

static void test_refused(void)
{
    static const struct {
        const char *uri;
        enum fob_status status;
    } refused[] = {
        {"", FOB_E_SYNTAX},
        {"otpauth", FOB_E_SYNTAX},
        {"otpauth:", FOB_E_SYNTAX},
        {"otpauth:/", FOB_E_SYNTAX},
        {"otpauth://", FOB_E_UNSUPPORTED},
        {"otpauth://totp", FOB_E_SYNTAX},
        {"otpauth://totp?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/%3A?secret=" SEED "&issuer=", FOB_E_SYNTAX},
        {"otpauth://totp/:%20?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a", FOB_E_SYNTAX},
        {"otpauth://totp/a?", FOB_E_SYNTAX},
        {"otpauth://totp/a?secret", FOB_E_SYNTAX},
        {"otpauth://totp/a?secret=", FOB_E_SYNTAX},
        {"otpauth://totp/a?secret=" SEED "#x", FOB_E_SYNTAX},
        {"otpauth://totp/a%00b?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a%0Ab?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a%1b[2J?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a%C2%9B2J?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a%ff?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a%?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a%2?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth://totp/a?secret=" SEED "1", FOB_E_SYNTAX},
        {"otpauth://totp/a?secret=" SEED "%00", FOB_E_SYNTAX},
        {"http://totp/a?secret=" SEED, FOB_E_SYNTAX},
        {"otpauth-migration://offline?data=CgA", FOB_E_UNSUPPORTED},
        {"otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ\nGEZDGNBVGY3TQOJQ",
         FOB_E_SYNTAX},
        {URI "\r\nhello", FOB_E_SYNTAX},
        {URI "&issuer=%zz", FOB_E_SYNTAX},
        {URI "&digits=six", FOB_E_SYNTAX},
        {URI "&digits=%206.0", FOB_E_SYNTAX},
        {URI "&digits=%20", FOB_E_SYNTAX},
        {URI "&period=-1", FOB_E_SYNTAX},
        {URI "&period=0x1e", FOB_E_SYNTAX},
        {URI "&digits=5", FOB_E_UNSUPPORTED},
        {URI "&digits=9", FOB_E_UNSUPPORTED},
        {URI "&digits=262", FOB_E_UNSUPPORTED},
        {URI "&period=0", FOB_E_UNSUPPORTED},
        {URI "&period=86401", FOB_E_UNSUPPORTED},
        {URI "&period=4294967326", FOB_E_UNSUPPORTED},
        {URI "&period=18446744073709551646", FOB_E_UNSUPPORTED},
        {URI "&algorithm=MD5", FOB_E_UNSUPPORTED},
        {URI "&algorithm=SHA", FOB_E_UNSUPPORTED},
        {URI "&algorithm=SHA-3-256", FOB_E_UNSUPPORTED},
        {URI "&algorithm=SHA1SHA1SHA1SHA1SHA1SHA1SHA1", FOB_E_UNSUPPORTED},
        {"otpauth://steam/a?secret=" SEED, FOB_E_UNSUPPORTED},
        {"otpauth://hotp/a?secret=" SEED "&counter=18446744073709551616",
         FOB_E_UNSUPPORTED},
        {URI "&secret=MFRGGZDFMZTWQ2LKNNWG23TPOA", FOB_E_DUPLICATE},
        {URI "&issuer=a&issuer=b", FOB_E_DUPLICATE},
        {URI "&digits=6&DIGITS=8", FOB_E_DUPLICATE},
        {URI "&digits=8&amp;digits=6", FOB_E_DUPLICATE},
        {URI "&counter=6&counter=7", FOB_E_DUPLICATE},
    };
    static const struct fob_account zeros;

    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        struct fob_account account;

        memset(&account, 0xa5, sizeof(account));
        tap_ok(
            parse(refused[i].uri, &account) == refused[i].status &&
                !memcmp(account.secret, zeros.secret,
                        sizeof(zeros) - offsetof(struct fob_account, secret)),
            "refused: %.*s", (int)strcspn(refused[i].uri, "\r\n"),
            refused[i].uri);
    }
}

static void test_nul_inside(void)
{
    struct fob_account account;
    char uri[] = "otpauth://totp/a_b?secret=" SEED;

    uri[16] = '\0';
    tap_ok(fob_otpauth_parse(uri, sizeof(uri) - 1, &account) == FOB_E_SYNTAX,
           "a bare NUL is refused");
}

/* A URI with `count` times `fill` in the middle. */
static enum fob_status parse_filled(const char *head, char fill, size_t count,
                                    const char *tail)
{
    struct fob_account account;
    char uri[FOB_OTPAUTH_MAX + 2] = "";

    strcpy(uri, head);
    memset(uri + strlen(head), fill, count);
    strcpy(uri + strlen(head) + count, tail);
    return parse(uri, &account);
}

static void test_too_long(void)
{
    static const char secret[] = "?secret=" SEED;
    const size_t fixed = strlen(URI) + strlen("&x=");

    tap_ok(parse_filled("otpauth://totp/", 'l', 128, secret) == FOB_OK,
           "a label of 128 bytes");
    tap_ok(parse_filled("otpauth://totp/", 'l', 129, secret) == FOB_E_TOO_LONG,
           "a label of 129 bytes");
    tap_ok(parse_filled("otpauth://totp/", 'i', 129, ":a?secret=" SEED) ==
               FOB_E_TOO_LONG,
           "an issuer of 129 bytes");
    tap_ok(parse_filled(URI "&issuer=", 'i', 129, "") == FOB_E_TOO_LONG,
           "an issuer parameter of 129 bytes");
    tap_ok(parse_filled("otpauth://totp/a?secret=", 'A', 205, "") == FOB_OK,
           "a secret of 128 bytes");
    tap_ok(parse_filled("otpauth://totp/a?secret=", 'A', 207, "") ==
               FOB_E_TOO_LONG,
           "a secret of 129 bytes");
    tap_ok(parse_filled("otpauth://totp/a?secret=", 'A', 600, "") ==
               FOB_E_TOO_LONG,
           "a secret of 600 characters");
    tap_ok(parse_filled(URI "&x=", 'x', FOB_OTPAUTH_MAX - fixed, "") == FOB_OK,
           "the longest URI");
    tap_ok(parse_filled(URI "&x=", 'x', FOB_OTPAUTH_MAX + 1 - fixed, "") ==
               FOB_E_TOO_LONG,
           "a byte more");
}

/* Every prefix of a URI, in memory that ends where it ends. */
static void test_every_prefix(void)
{
    static const char uri[] =
        "otpauth://hotp/A%20b:c%3Ad?secret=" SEED
        "&issuer=%C3%BC&algorithm=SHA512&digits=8&counter=12&period=9";
    struct fob_account account, back;
    unsigned wrong = 0;

    for (size_t len = 0; len < sizeof(uri); len++) {
        char *exact = exact_copy(uri, len);
        char text[FOB_OTPAUTH_MAX + 1];

        if (fob_otpauth_parse(exact, len, &account) == FOB_OK)
            wrong +=
                fob_otpauth_format(&account, text, sizeof(text)) != FOB_OK ||
                parse(text, &back) != FOB_OK ||
                memcmp(&account, &back, sizeof(back)) != 0;
        free(exact);
    }
    tap_ok(wrong == 0, "every prefix is refused or comes back the same");
}

static bool comes_back(const char *uri)
{
    struct fob_account account;
    size_t cap = strlen(uri) + 1;
    char *text = exact_copy(NULL, cap);
    bool good = parse(uri, &account) == FOB_OK &&
                fob_otpauth_format(&account, text, cap) == FOB_OK &&
                strcmp(text, uri) == 0;

    free(text);
    return good;
}

static void test_format(void)
{
    static const char *const uris[] = {
        "otpauth://totp/Amazon%20Web%20Services:dev@123456789012?secret=" SEED
        "&issuer=Amazon%20Web%20Services",
        URI,
        "otpauth://totp/:a%3Ab?secret=" SEED,
        "otpauth://totp/:c%3Ad%2F%3F%23%26%3D%25%2B?secret=" SEED
        "&issuer=a%3Ab",
        "otpauth://totp/c?secret=" SEED "&issuer=a%3Ab",
        "otpauth://hotp/a?secret=" SEED "&counter=0",
        "otpauth://hotp/a?secret=" SEED
        "&algorithm=SHA256&digits=7&counter=18446744073709551615",
        URI "&algorithm=SHA512&digits=8&period=86400",
    };

    for (size_t i = 0; i < sizeof(uris) / sizeof(*uris); i++)
        tap_ok(comes_back(uris[i]), "comes back: %s", uris[i]);
}

static void test_format_bounds(void)
{
    static const char want[] = URI "&period=86400";
    static const char zeros[sizeof(want)];
    struct fob_account account;
    unsigned wrong = parse(want, &account) != FOB_OK;

    for (size_t cap = 1; cap < sizeof(want); cap++) {
        char *text = exact_copy(NULL, cap);

        wrong += fob_otpauth_format(&account, text, cap) != FOB_E_TOO_LONG ||
                 memcmp(text, zeros, cap) != 0;
        free(text);
    }
    tap_ok(wrong == 0, "room too small is told, and left wiped");
    tap_ok(fob_otpauth_format(&account, NULL, 0) == FOB_E_TOO_LONG, "no room");
}

/* All names of the worst kind still give a URI that can be read back. */
static void test_longest(void)
{
    struct fob_account account = {
        .secret_len = FOB_SECRET_MAX,
        .type = FOB_HOTP,
        .hash = FOB_SHA512,
        .digits = 8,
        .counter = UINT64_MAX,
    };
    char uri[FOB_OTPAUTH_MAX + 1];
    struct fob_account back;

    memset(account.issuer, ':', FOB_ISSUER_MAX);
    memset(account.label, '%', FOB_LABEL_MAX);
    tap_ok(fob_otpauth_format(&account, uri, sizeof(uri)) == FOB_OK &&
               parse(uri, &back) == FOB_OK &&
               memcmp(&account, &back, sizeof(back)) == 0,
           "the longest account fits and comes back");
}

int main(void)
{
    test_aws();
    test_parameters();
    test_names();
    test_secrets();
    test_words();
    test_name();
    test_faults();
    test_names_of_refused();
    test_misplaced_secret();
    test_secret_fault();
    test_short_secret();
    test_refused();
    test_nul_inside();
    test_too_long();
    test_every_prefix();
    test_format();
    test_format_bounds();
    test_longest();
    return tap_done();
}
