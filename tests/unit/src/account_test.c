/* SPDX-License-Identifier: MIT */
#include "src/account.h"
#include "tests/lib/tap.h"

static struct fob_account good_account(enum fob_otp_type type)
{
    struct fob_account account = {
        .issuer = "Amazon Web Services",
        .label = "dev@123456789012",
        .secret_len = 20,
        .type = type,
        .hash = FOB_SHA1,
        .digits = 6,
        .period_s = type == FOB_TOTP ? 30 : 0,
        .counter = type == FOB_TOTP ? 0 : 7,
    };

    return account;
}

static void test_limits(void)
{
    struct fob_account account = good_account(FOB_TOTP);

    tap_ok(fob_account_check(&account) == FOB_OK, "an AWS seed");
    memset(account.issuer, 'i', FOB_ISSUER_MAX);
    memset(account.label, 'l', FOB_LABEL_MAX);
    account.secret_len = FOB_SECRET_MAX;
    account.hash = FOB_SHA512;
    account.digits = FOB_DIGITS_MAX;
    account.period_s = FOB_PERIOD_S_MAX;
    tap_ok(fob_account_check(&account) == FOB_OK, "the largest of all");
    account.issuer[0] = '\0';
    account.label[1] = '\0';
    account.secret_len = FOB_SECRET_MIN;
    account.period_s = 1;
    tap_ok(fob_account_check(&account) == FOB_OK, "the smallest of all");
    account = good_account(FOB_HOTP);
    account.counter = UINT64_MAX;
    tap_ok(fob_account_check(&account) == FOB_OK, "a HOTP account");
}

static void test_names(void)
{
    struct fob_account account = good_account(FOB_TOTP);

    account.label[0] = '\0';
    tap_ok(fob_account_check(&account) == FOB_E_SYNTAX, "no label");
    strcpy(account.label, "a\nb");
    tap_ok(fob_account_check(&account) == FOB_E_SYNTAX, "a label of two lines");
    strcpy(account.label, "a\xff");
    tap_ok(fob_account_check(&account) == FOB_E_SYNTAX, "a label not UTF-8");
    memset(account.label, 'l', sizeof(account.label));
    tap_ok(fob_account_check(&account) == FOB_E_TOO_LONG,
           "a label without end");
    account = good_account(FOB_TOTP);
    strcpy(account.issuer, "\x1b[2J");
    tap_ok(fob_account_check(&account) == FOB_E_SYNTAX,
           "an issuer with escape");
    memset(account.issuer, 'i', sizeof(account.issuer));
    tap_ok(fob_account_check(&account) == FOB_E_TOO_LONG,
           "an issuer without end");
}

static void test_secrets(void)
{
    struct fob_account account = good_account(FOB_TOTP);

    account.secret_len = FOB_SECRET_MIN - 1;
    tap_ok(fob_account_check(&account) == FOB_E_TOO_SHORT, "a weak secret");
    account.digits = 5;
    tap_ok(fob_account_check(&account) == FOB_E_UNSUPPORTED,
           "is told last, when all the rest is well");
    account = good_account(FOB_TOTP);
    account.secret_len = 0;
    tap_ok(fob_account_check(&account) == FOB_E_SYNTAX, "no secret");
    account.secret_len = FOB_SECRET_MAX + 1;
    tap_ok(fob_account_check(&account) == FOB_E_TOO_LONG, "a secret too long");
}

static void test_kinds(void)
{
    static const struct {
        const char *name;
        unsigned type, hash, digits, period_s, counter;
        enum fob_status status;
    } kinds[] = {
        {"no type", 0, 1, 6, 30, 0, FOB_E_UNSUPPORTED},
        {"type 3", 3, 1, 6, 30, 0, FOB_E_UNSUPPORTED},
        {"no hash", 2, 0, 6, 30, 0, FOB_E_UNSUPPORTED},
        {"hash 4", 2, 4, 6, 30, 0, FOB_E_UNSUPPORTED},
        {"5 digits", 2, 1, 5, 30, 0, FOB_E_UNSUPPORTED},
        {"9 digits", 2, 1, 9, 30, 0, FOB_E_UNSUPPORTED},
        {"no period", 2, 1, 6, 0, 0, FOB_E_UNSUPPORTED},
        {"a period over a day", 2, 1, 6, 86401, 0, FOB_E_UNSUPPORTED},
        {"TOTP with a counter", 2, 1, 6, 30, 1, FOB_E_SYNTAX},
        {"HOTP with a period", 1, 1, 6, 30, 1, FOB_E_SYNTAX},
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        struct fob_account account = good_account(FOB_TOTP);

        account.type = (enum fob_otp_type)kinds[i].type;
        account.hash = (enum fob_hash)kinds[i].hash;
        account.digits = (uint8_t)kinds[i].digits;
        account.period_s = kinds[i].period_s;
        account.counter = kinds[i].counter;
        tap_ok(fob_account_check(&account) == kinds[i].status, "%s",
               kinds[i].name);
    }
}

static void test_hash_names(void)
{
    static const struct {
        const char *name;
        int hash; /* 0: none of them */
    } names[] = {
        {"SHA1", FOB_SHA1},
        {"sha-1", FOB_SHA1},
        {"HmacSHA1", FOB_SHA1},
        {"Sha256", FOB_SHA256},
        {"HMAC-SHA-256", FOB_SHA256},
        {"hmac_sha_512", FOB_SHA512},
        {"SHA 512", FOB_SHA512},
        {"", 0},
        {"SHA", 0},
        {"MD5", 0},
        {"SHA224", 0},
        {"SHA3-256", 0},
        {"SHA1SHA256", 0},
        {"hmacsha256hmacsha256", 0},
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        enum fob_hash hash = (enum fob_hash)0;
        enum fob_status status =
            fob_account_read_hash(fob_span_of(names[i].name, 99), &hash);

        tap_ok((int)hash == names[i].hash &&
                   (status == FOB_OK) == (names[i].hash != 0),
               "the hash \"%s\"", names[i].name);
    }
}

static void test_clear(void)
{
    static const struct fob_account zeros;
    struct fob_account account = good_account(FOB_TOTP), names = {0};

    fob_account_keep_names(&account);
    strcpy(names.issuer, account.issuer);
    strcpy(names.label, account.label);
    tap_ok(account.label[0] != '\0', "the names can be kept");
    tap_bytes(&account, &names, sizeof(names), "and nothing else");
    strcpy(account.label, "a&Secret=GEZD");
    fob_account_keep_names(&account);
    tap_bytes(&account, &zeros, sizeof(zeros), "unless a secret is in them");
    account = good_account(FOB_TOTP);
    fob_account_clear(&account);
    tap_bytes(&account, &zeros, sizeof(zeros), "clear leaves zeros");
}

int main(void)
{
    test_limits();
    test_names();
    test_secrets();
    test_kinds();
    test_hash_names();
    test_clear();
    return tap_done();
}
