/* SPDX-License-Identifier: MIT */
/* A token's answers read, and every exchange with one failing in turn. */
#include "host/token/derive.h"
#include "host/token/token.h"
#include "src/wipe.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#define SELECT "7903050403 7108 6a075182e419cd74 9000"
#define INFO                                                                   \
    "8003 302e31 8108 666f6273696d0001 820101 830107 8400 8506000100800002"    \
    "9000"
#define FACTS                                                                  \
    "7105 70686f6e65 9114 00000001 210603 01 0000000003000000"                 \
    "00000001 9000"

/* A token whose answers are written down; one of them may fail. */
static const char *const *script;
static int next, fails_at, opened;
static enum fob_status fault;
static uint8_t last_instruction, last_byte;
static size_t last_len;

static enum fob_status
open_link(const char *path, const struct fob_token_watch *watch, void **link)
{
    (void)watch;
    opened++;
    *link = &opened;
    return path[0] == 'x' ? FOB_OK : FOB_E_TOKEN_ABSENT;
}

static enum fob_status exchange(void *link, struct fob_token_exchange *it)
{
    uint8_t *bytes;

    (void)link;
    last_instruction = it->command[1];
    last_len = it->command_len;
    last_byte = it->command[it->command_len - 1];
    if (next == fails_at)
        return fault;
    if (script[next] == NULL)
        return FOB_E_TOKEN_ABSENT;
    bytes = exact_hex(script[next++], &it->reply_len);
    memcpy(it->reply, bytes, it->reply_len);
    free(bytes);
    return FOB_OK;
}

static void close_link(void *link)
{
    (void)link;
    opened--;
}

static const struct fob_transport scripted = {
    .name = "script",
    .open = open_link,
    .exchange = exchange,
    .close = close_link,
};

static enum fob_status play(const char *const *answers, struct fob_token *token)
{
    const struct fob_token_location location = {.transport = &scripted,
                                                .path = "x"};

    script = answers;
    next = 0;
    return fob_token_open(token, &location, NULL);
}

static const struct fob_account phone = {.label = "phone",
                                         .secret_len = 20,
                                         .type = FOB_TOTP,
                                         .hash = FOB_SHA1,
                                         .digits = 6,
                                         .period_s = 30};

static void test_own(void)
{
    static const char *const answers[] = {SELECT,
                                          INFO,
                                          "71057068 6100",
                                          "6f6e65 9114 000000012106030100000000"
                                          "03000000 00000001 9000",
                                          "7605 06 00000539 9000",
                                          "6982",
                                          NULL};
    struct fob_token_account account;
    struct fob_token token;
    char code[FOB_CODE_MAX + 1];

    tap_ok(play(answers, &token) == FOB_OK && token.is_own,
           "a fob token is known");
    tap_ok(strcmp(token.serial, "666f6273696d0001") == 0 &&
               token.info.is_sealed && !token.info.is_locked &&
               token.info.tries == 7 && token.info.damaged == 2 &&
               strcmp(token.info.version, "0.1") == 0,
           "by what it tells of itself");
    tap_ok(fob_token_find_account(&token, "phone", &account) == FOB_OK &&
               account.is_marked && account.mark == 0x3000000 &&
               account.properties == 3,
           "a listing in two parts is one");
    tap_ok(fob_token_code(&token, "phone", &phone, 1, code) == FOB_OK &&
               strcmp(code, "001337") == 0,
           "a code keeps its zeros");
    tap_ok(fob_token_code(&token, "phone", &phone, 1, code) == FOB_E_LOCKED &&
               code[0] == '\0',
           "a refusal leaves none");
    fob_token_close(&token);
    tap_ok(opened == 0, "it is closed");
}

static void test_other(void)
{
    static const char *const answers[] = {SELECT, "6d00",
                                          "7206 21 70686f6e65 9000", NULL};
    struct fob_token_account account;
    struct fob_token token;

    tap_ok(play(answers, &token) == FOB_OK && !token.is_own &&
               strcmp(token.serial, "6a075182e419cd74") == 0,
           "a third-party one goes by its YKOATH id");
    tap_ok(fob_token_find_account(&token, "phone", &account) == FOB_OK &&
               !account.has_facts,
           "and lists names alone");
    fob_token_close(&token);
}

/* Makers mean different things by one word, and commands do. */
static void test_words(void)
{
    static const struct {
        const char *word;
        enum fob_status put, code, deleted, validated;
    } rows[] = {
        {"6983", FOB_E_EXISTS, FOB_E_LOCKED, FOB_E_LOCKED, FOB_E_LOCKED},
        {"6985", FOB_E_EXISTS, FOB_E_LOCKED, FOB_E_LOCKED, FOB_E_LOCKED},
        {"6982", FOB_E_LOCKED, FOB_E_LOCKED, FOB_E_LOCKED, FOB_E_LOCKED},
        {"6984", FOB_E_NOT_FOUND, FOB_E_NOT_FOUND, FOB_E_NOT_FOUND,
         FOB_E_WRONG_KEY},
        {"6a82", FOB_E_NOT_FOUND, FOB_E_NOT_FOUND, FOB_E_NOT_FOUND,
         FOB_E_NOT_FOUND},
        {"6a84", FOB_E_NO_MEMORY, FOB_E_FAILED, FOB_E_FAILED, FOB_E_FAILED},
        {"6a80", FOB_E_UNSUPPORTED, FOB_E_SYNTAX, FOB_E_SYNTAX,
         FOB_E_WRONG_KEY},
        {"6f00", FOB_E_FAILED, FOB_E_FAILED, FOB_E_FAILED, FOB_E_FAILED},
        {"6d00", FOB_E_UNSUPPORTED, FOB_E_UNSUPPORTED, FOB_E_UNSUPPORTED,
         FOB_E_UNSUPPORTED},
        {"6aff", FOB_E_DAMAGED, FOB_E_DAMAGED, FOB_E_DAMAGED, FOB_E_DAMAGED},
    };
    static const uint8_t key[FOB_TOKEN_ACCESS_KEY] = {1};
    char code[FOB_CODE_MAX + 1];
    struct fob_token token;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *const answers[] = {SELECT,       "6d00",       rows[i].word,
                                       rows[i].word, rows[i].word, rows[i].word,
                                       NULL};

        (void)!play(answers, &token);
        tap_ok(fob_token_put(&token, "phone", &phone, 0) == rows[i].put &&
                   fob_token_code(&token, "phone", &phone, 1, code) ==
                       rows[i].code &&
                   fob_token_delete(&token, "phone") == rows[i].deleted &&
                   fob_token_validate(&token, key) == rows[i].validated,
               "%s means what its command says", rows[i].word);
        fob_token_close(&token);
    }
}

/* A third-party one is told how long its answer may be. */
static void test_expected(void)
{
    static const char *const other[] = {SELECT, "6d00", "9000", "9000", NULL};
    static const char *const mine[] = {SELECT, INFO, "9000", NULL};
    struct fob_secret listing = {0};
    struct fob_token token;

    (void)!play(other, &token);
    tap_ok(fob_token_accounts(&token, &listing) == FOB_OK && last_len == 5 &&
               last_byte == 0,
           "LIST has an Le for third-party tokens");
    tap_ok(fob_token_delete(&token, "phone") == FOB_OK && last_len == 13 &&
               last_byte == 0,
           "and so has what has data");
    fob_token_close(&token);
    (void)!play(mine, &token);
    tap_ok(fob_token_accounts(&token, &listing) == FOB_OK && last_len == 4,
           "not for our own");
    fob_token_close(&token);
    fob_secret_free(&listing);
}

/* SEND REMAINING gives nothing where GET RESPONSE is meant. */
static void test_rest(void)
{
    static const char *const refused[] = {
        SELECT,        "6d00", "7206 21 7068 6104", "6985", "7206 21 7068 6104",
        "6f6e65 9000", NULL};
    static const char *const empty[] = {
        SELECT,        "6d00", "7206 21 7068 6104", "9000", "7206 21 7068 6104",
        "6f6e65 9000", NULL};
    static const char *const neither[] = {
        SELECT, "6d00", "7206 21 7068 6104", "9000", "7206 21 7068 6104",
        "6f00", NULL};
    struct fob_token_account account;
    struct fob_token token;

    (void)!play(refused, &token);
    tap_ok(fob_token_find_account(&token, "phone", &account) == FOB_OK &&
               last_instruction == 0xc0,
           "a refusal of SEND REMAINING: the rest is had by GET RESPONSE");
    fob_token_close(&token);
    (void)!play(empty, &token);
    tap_ok(fob_token_find_account(&token, "phone", &account) == FOB_OK &&
               last_instruction == 0xc0,
           "and where it gives nothing");
    fob_token_close(&token);
    (void)!play(neither, &token);
    tap_ok(fob_token_find_account(&token, "phone", &account) == FOB_E_DAMAGED,
           "a listing whose rest cannot be had is none");
    fob_token_close(&token);
}

/* A Nitrokey goes by its number, with a PIN and without. */
static void test_nitrokey(void)
{
    static const char *const without[] = {
        "790304 0e00 7108 6a075182e419cd74 8f04 218a715f 9000", "6d00", NULL};
    static const char *const with[] = {"790304 0e00 8201 08 8f04 218a715f 9000",
                                       "6d00", "6300", "9000", NULL};
    struct fob_secret pin = {0};
    struct fob_token token;

    (void)!fob_secret_copy(&pin, "123456", 6);
    tap_ok(play(without, &token) == FOB_OK && !token.has_pin &&
               strcmp(token.serial, "218a715f") == 0,
           "a Nitrokey goes by its number");
    fob_token_close(&token);
    tap_ok(play(with, &token) == FOB_OK && token.has_pin &&
               token.pin_tries == 8 && strcmp(token.serial, "218a715f") == 0,
           "with a PIN it has no id, and the same number");
    tap_ok(fob_token_verify_pin(&token, &pin) == FOB_E_WRONG_KEY &&
               token.pin_tries == 7,
           "a wrong PIN takes a try");
    tap_ok(fob_token_verify_pin(&token, &pin) == FOB_OK &&
               last_instruction == 0xb2,
           "a right one opens it");
    fob_token_close(&token);
    fob_secret_free(&pin);
}

/* Whoever takes any password is not the card that it was set on. */
static void test_proof(void)
{
    static const char *const answers[] = {
        "7903050403 7108 6a075182e419cd74 7408 0102030405060708 7b0101 9000",
        "6d00",
        "7514 0000000000000000000000000000000000000000 9000",
        SELECT,
        "6a80",
        NULL};
    static const uint8_t key[FOB_TOKEN_ACCESS_KEY] = {1};
    struct fob_token token;

    tap_ok(play(answers, &token) == FOB_OK && token.challenge_len == 8 &&
               fob_token_validate(&token, key) == FOB_E_DAMAGED &&
               token.challenge_len == 8,
           "a card that cannot prove the password is not believed");
    fob_token_close(&token);
    tap_ok(next == 4 && last_instruction == 0xa4,
           "what a password opened is closed: it is selected anew");
    (void)!play(answers, &token);
    fob_token_close(&token);
    tap_ok(next == 2, "not where none was given");
    (void)!play(answers, &token);
    (void)!fob_token_validate(&token, key);
    next = 4;
    tap_ok(fob_token_validate(&token, key) == FOB_E_WRONG_KEY,
           "also when a wrong one follows");
    next = 3;
    fob_token_close(&token);
    tap_ok(next == 4, "it is closed");
    (void)!play(answers, &token);
    (void)!fob_token_validate(&token, key);
    next = 5;
    (void)!fob_token_select(&token);
    fob_token_close(&token);
    tap_ok(next == 5 && opened == 0, "but not one that no longer answers");
}

/* A listing of parts without end and without a byte. */
static enum fob_status say_more(void *link, struct fob_token_exchange *it)
{
    (void)link;
    if (next++ == 100000)
        return FOB_E_TOKEN_ABSENT;
    memcpy(it->reply, "\x61\x00", 2);
    it->reply_len = 2;
    return FOB_OK;
}

static void test_endless(void)
{
    static const struct fob_transport endless = {
        .name = "endless", .exchange = say_more, .close = close_link};
    struct fob_token token = {.transport = &endless};
    struct fob_secret listing = {0};

    next = 0;
    tap_ok(fob_token_accounts(&token, &listing) == FOB_E_DAMAGED,
           "a listing has an end");
    fob_secret_free(&listing);
}

/* Nonsense in the place of each answer: an error, nothing left open. */
static void test_nonsense(void)
{
    static const char *const bad[] = {
        "90", "", "ffff", "7108 00 9000", "79827fff 9000", "7100 9000"};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const char *const first[] = {bad[i], NULL};
        const char *const code[] = {SELECT, INFO, bad[i], NULL};
        struct fob_token token;
        char text[FOB_CODE_MAX + 1];

        tap_ok(play(first, &token) != FOB_OK && opened == 0,
               "SELECT answered by nonsense %zu", i);
        tap_ok(play(code, &token) == FOB_OK &&
                   fob_token_code(&token, "phone", &phone, 1, text) != FOB_OK,
               "CALCULATE answered by nonsense %zu", i);
        fob_token_close(&token);
    }
}

static enum fob_status whole(struct fob_token *token)
{
    static const char *const answers[] = {
        SELECT, INFO, "9000", FACTS, "9000", "7605 06 00000539 9000",
        "9000", NULL};
    static const uint8_t key[FOB_TOKEN_KEY] = {1};
    struct fob_token_account account;
    char code[FOB_CODE_MAX + 1];
    enum fob_status status = play(answers, token);

    if (status == FOB_OK)
        status = fob_token_unseal(token, key);
    if (status == FOB_OK)
        status = fob_token_find_account(token, "phone", &account);
    if (status == FOB_OK)
        status = fob_token_put(token, "phone", &phone, 3);
    if (status == FOB_OK)
        status = fob_token_code(token, "phone", &phone, 1, code);
    if (status == FOB_OK)
        status = fob_token_delete(token, "phone");
    fob_token_close(token);
    return status;
}

static void test_faults(void)
{
    static const enum fob_status faults[] = {FOB_E_TOKEN_ABSENT, FOB_E_BUSY,
                                             FOB_E_NOT_TOUCHED, FOB_E_DAMAGED,
                                             FOB_E_FAILED};
    struct fob_token token;

    tap_ok(whole(&token) == FOB_OK && next == 7, "seven exchanges, no fault");
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        for (fails_at = 0; fails_at < 7; fails_at++) {
            fault = faults[i];
            tap_ok(whole(&token) == fault && opened == 0,
                   "exchange %d fails with %#x, which is told", fails_at,
                   (unsigned)fault);
        }
    fails_at = -1;
}

static void test_names(void)
{
    struct fob_account account = phone;
    char name[FOB_TOKEN_NAME_MAX + 1], other[FOB_TOKEN_NAME_MAX + 1];

    account.period_s = 60;
    strcpy(account.issuer, "AWS");
    fob_token_name(&account, name);
    tap_ok(strcmp(name, "60/AWS:phone") == 0, "period, issuer, label");
    memset(account.label, 'a', 60);
    memcpy(account.label + 60, "\xc3\xa4\xc3\xa4", 5);
    fob_token_name(&account, name);
    tap_ok(strlen(name) == FOB_TOKEN_NAME_MAX &&
               strncmp(name, "60/aaa", 6) == 0 && name[55] == '~',
           "of a long label there is as much as fits, and a digest of all");
    fob_token_name_of_old(&account, name);
    tap_ok(strlen(name) == 63 && strncmp(name, "60/aaa", 6) == 0,
           "an older fob cut it between characters");
    account.label[63] = 'x';
    account.label[64] = '\0';
    fob_token_name(&account, name);
    account.label[63] = 'y';
    fob_token_name(&account, other);
    tap_ok(strcmp(name, other) != 0, "two alike in their first bytes differ");
    memset(account.issuer, 'i', 60);
    account.issuer[60] = '\0';
    fob_token_name(&account, name);
    tap_ok(strcmp(name, other) != 0, "and two of different issuers");
}

static void test_asides(void)
{
    char long_name[FOB_TOKEN_NAME_MAX + 1] = "60/";
    char name[FOB_TOKEN_NAME_MAX + 1], other[FOB_TOKEN_NAME_MAX + 1];

    fob_token_name_aside("60/AWS:phone", name);
    fob_token_name_aside("60/AWS:phone", other);
    tap_ok(strncmp(name, "60/AWS:phone~old-", 17) == 0 && strlen(name) == 25,
           "what makes way keeps its period, issuer and label");
    tap_ok(strcmp(name, other) != 0, "and is called otherwise each time");
    while (strlen(long_name) < FOB_TOKEN_NAME_MAX - 1)
        strcat(long_name, "\xc3\xa4");
    fob_token_name_aside(long_name, name);
    tap_ok(strlen(name) == 3 + 48 + 13 && strncmp(name + 51, "~old-", 5) == 0,
           "a long one is cut between characters");
}

/* YKOATH reads digits before a slash as a period. */
static void test_periods(void)
{
    static const struct {
        uint32_t period_s;
        const char *issuer, *label, *name;
    } rows[] = {
        {30, "", "45/x", "30/45/x"},
        {60, "", "45/x", "60/45/x"},
        {30, "12345", "a/b", "12345:a/b"},
        {30, "", "/x", "/x"},
        {30, "", "a1/x", "a1/x"},
        {30, "7/A", "x", "30/7/A:x"},
        {30, "", "123", "123"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fob_account account = phone;
        char name[FOB_TOKEN_NAME_MAX + 1];

        account.period_s = rows[i].period_s;
        strcpy(account.issuer, rows[i].issuer);
        strcpy(account.label, rows[i].label);
        fob_token_name(&account, name);
        tap_ok(strcmp(name, rows[i].name) == 0, "%s:%s of %u s is %s",
               account.issuer, account.label, (unsigned)account.period_s, name);
    }
}

/* What is on a token is read as the clients write it. */
static void test_read_names(void)
{
    static const struct {
        const char *name, *issuer, *label;
        uint32_t period_s;
    } rows[] = {
        {"phone", "", "phone", 30},
        {"AWS:a@1", "AWS", "a@1", 30},
        {"60/AWS:a@1", "AWS", "a@1", 60},
        {"60/", "", "60/", 30},
        {":x", "", ":x", 30},
        {"x:", "", "x:", 30},
        {"a:b:c", "a", "b:c", 30},
        {"0/x", "", "0/x", 30},
        {"999999/x", "", "999999/x", 30},
        {"86400/x", "", "x", 86400},
        {"a/b", "", "a/b", 30},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fob_account account = {.type = FOB_TOTP};

        tap_ok(fob_token_read_name(rows[i].name, &account) == FOB_OK &&
                   strcmp(account.issuer, rows[i].issuer) == 0 &&
                   strcmp(account.label, rows[i].label) == 0 &&
                   account.period_s == rows[i].period_s,
               "%s is %s, %s, %u s", rows[i].name, account.issuer,
               account.label, (unsigned)account.period_s);
    }
}

static void test_kdf(void)
{
    struct fob_secret passphrase = {0}, key = {0};
    uint8_t kdf[FOB_TOKEN_KDF_LEN];

    tap_ok(fob_token_make_kdf(14, kdf) == FOB_OK &&
               fob_secret_copy(&passphrase, "x", 1) == FOB_OK &&
               fob_token_derive(kdf, sizeof(kdf), &passphrase, &key) ==
                   FOB_OK &&
               key.len == FOB_TOKEN_KEY,
           "a passphrase becomes a key");
    fob_secret_free(&key);
    kdf[1] = 10;
    tap_ok(fob_token_derive(kdf, sizeof(kdf), &passphrase, &key) ==
               FOB_E_UNSUPPORTED,
           "a token cannot ask for a cheap one");
    kdf[1] = 30;
    tap_ok(fob_token_derive(kdf, sizeof(kdf), &passphrase, &key) ==
               FOB_E_UNSUPPORTED,
           "nor for one that takes all memory");
    tap_ok(fob_token_derive(kdf, 4, &passphrase, &key) == FOB_E_UNSUPPORTED,
           "nor cut the salt");
    fob_secret_free(&passphrase);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    fails_at = -1;
    test_own();
    test_other();
    test_words();
    test_expected();
    test_rest();
    test_nitrokey();
    test_nonsense();
    test_proof();
    test_endless();
    test_faults();
    test_names();
    test_asides();
    test_periods();
    test_read_names();
    test_kdf();
    return tap_done();
}
