/* SPDX-License-Identifier: MIT */
/* Accounts: every field kept, found by name and device, unique, counted. */
#include "host/vault/account_record.h"
#include "host/vault/accounts.h"
#include "tests/unit/vault/scratch.h"

static struct fob_error error;

static void fill(struct fob_vault_account *account)
{
    scratch_account(account, "prod \xe2\x98\x83");
    account->otp.type = FOB_HOTP;
    account->otp.hash = FOB_SHA512;
    account->otp.digits = 8;
    account->otp.period_s = 0;
    account->otp.counter = 0x0123456789abcdefULL;
    account->created_s = -5;
    account->offset_s = -61;
    snprintf(account->device, sizeof(account->device),
             "arn:aws-cn:iam::123456789012:mfa/deep/path/phone");
    snprintf(account->user, sizeof(account->user), "alice");
    snprintf(account->partition, sizeof(account->partition), "aws-cn");
    snprintf(account->account_id, sizeof(account->account_id), "123456789012");
}

static void keeps_every_field(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account in, out;

    fill(&in);
    tap_ok(fob_accounts_add(&body, &in, &error) == FOB_OK, "it is added");
    tap_ok(fob_accounts_find(&body, in.name, &out, &error) == FOB_OK,
           "and found");
    tap_bytes(&out, &in, sizeof(in), "with every field as it was");
    fob_vault_body_free(&body);

    scratch_account(&in, "on a token");
    in.otp.secret_len = 0;
    memset(in.otp.secret, 0, sizeof(in.otp.secret));
    snprintf(in.token, sizeof(in.token), "FOB-0001");
    tap_ok(fob_accounts_add(&body, &in, &error) == FOB_OK &&
               fob_accounts_find(&body, "token", &out, &error) == FOB_OK,
           "one whose seed is on a token is kept");
    tap_bytes(&out, &in, sizeof(in), "with its token's serial");
    fob_vault_body_free(&body);
}

static void refuses_bad_fields(void)
{
    static const struct {
        const char *what;
        size_t at;
        uint8_t value;
    } bad[] = {
        {"an empty name", offsetof(struct fob_vault_account, name), 0},
        {"a control character in the name",
         offsetof(struct fob_vault_account, name), '\n'},
        {"a name that is no UTF-8", offsetof(struct fob_vault_account, name),
         0xff},
        {"nine digits", offsetof(struct fob_vault_account, otp.digits), 9},
        {"an unknown hash", offsetof(struct fob_vault_account, otp.hash), 7},
        {"a seed in two places", offsetof(struct fob_vault_account, token),
         'x'},
        {"a seed nowhere", offsetof(struct fob_vault_account, otp.secret_len),
         0},
        {"a seed beyond its room",
         offsetof(struct fob_vault_account, otp.secret_len), 129},
    };
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account account;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        scratch_account(&account, "name");
        ((uint8_t *)&account)[bad[i].at] = bad[i].value;
        tap_ok(fob_accounts_add(&body, &account, &error) == FOB_E_SYNTAX &&
                   body.records.len == 0,
               "%s is refused", bad[i].what);
    }
    scratch_account(&account, "short");
    account.otp.secret_len = 1;
    tap_ok(fob_accounts_add(&body, &account, &error) == FOB_OK,
           "a seed that is short, but wanted, is let in");
    fob_vault_body_free(&body);
}

static void finds_by_name(void)
{
    static const char *const names[] = {"aws", "AWS-prod", "aws-dev", "GitHub"};
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account out, none;

    for (size_t i = 0; i < 4; i++)
        scratch_must(scratch_add_to(&body, names[i]));
    memset(&none, 0, sizeof(none));
    tap_ok(fob_accounts_find(&body, "aws", &out, &error) == FOB_OK &&
               strcmp(out.name, "aws") == 0,
           "an exact name wins over parts of others");
    tap_ok(fob_accounts_find(&body, "PROD", &out, &error) == FOB_OK &&
               strcmp(out.name, "AWS-prod") == 0,
           "a part in another case is enough");
    tap_ok(fob_accounts_find(&body, "aws-", &out, &error) == FOB_E_AMBIGUOUS &&
               strstr(error.text, "AWS-prod, aws-dev") != NULL &&
               strstr(error.text, "GitHub") == NULL,
           "a part of several names them");
    tap_bytes(&out, &none, sizeof(out), "and gives no account");
    tap_ok(fob_accounts_find(&body, "ssh", &out, &error) == FOB_E_NOT_FOUND &&
               memcmp(&out, &none, sizeof(out)) == 0,
           "a part of none gives none");
    tap_ok(fob_accounts_find(&body, "", &out, &error) == FOB_E_NOT_FOUND,
           "nothing is a part of nothing");
    fob_vault_body_free(&body);
}

static void lists_many_candidates(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account out;
    char name[80];

    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof(name), "a-rather-long-account-name-%02d", i);
        scratch_must(scratch_add_to(&body, name));
    }
    tap_ok(fob_accounts_find(&body, "a-r", &out, &error) == FOB_E_AMBIGUOUS &&
               strlen(error.text) <= FOB_ERROR_TEXT_MAX &&
               strstr(error.text, "name-00") != NULL &&
               strstr(error.text, "name-09") != NULL,
           "of many candidates as many are named as fit");
    fob_vault_body_free(&body);
}

static void keeps_accounts_apart(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account a, b;

    fill(&a);
    scratch_must(fob_accounts_add(&body, &a, &error));
    scratch_account(&b, "other");
    snprintf(b.name, sizeof(b.name), "%s", a.name);
    tap_ok(fob_accounts_add(&body, &b, &error) == FOB_E_EXISTS &&
               strstr(error.text, a.name) != NULL,
           "a name is given once");
    scratch_account(&b, "other");
    b.otp = a.otp;
    tap_ok(fob_accounts_add(&body, &b, &error) == FOB_E_EXISTS &&
               strstr(error.text, a.name) != NULL &&
               strstr(error.text, "seed") != NULL,
           "a seed is kept once, and the account that has it is named");
    b.otp.digits = a.otp.digits == 8 ? 6 : 8;
    tap_ok(fob_accounts_add(&body, &b, &error) == FOB_OK,
           "with other digits it makes other codes, and is another account");
    tap_ok(fob_accounts_rename(&body, b.name, "eight", &error) == FOB_OK,
           "which changes as any other");
    scratch_must(fob_accounts_remove(&body, "eight", &error));
    scratch_account(&b, "other");
    memcpy(b.device, a.device, sizeof(b.device));
    tap_ok(fob_accounts_add(&body, &b, &error) == FOB_E_EXISTS &&
               strstr(error.text, "device") != NULL,
           "a device is bound once");
    b.device[0] = '\0';
    tap_ok(fob_accounts_add(&body, &b, &error) == FOB_OK,
           "accounts without a device do not clash");
    tap_ok(fob_accounts_find_device(&body, a.device, &b, &error) == FOB_OK &&
               strcmp(a.name, b.name) == 0,
           "an account is found by its device");
    tap_ok(fob_accounts_find_device(&body, "", &b, &error) == FOB_E_NOT_FOUND,
           "but not by none");
    fob_vault_body_free(&body);
}

static void keeps_token_seeds_apart(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account a, b;

    scratch_account(&a, "one");
    a.otp.secret_len = 0;
    snprintf(a.token, sizeof(a.token), "FOB-0001");
    scratch_must(fob_accounts_add(&body, &a, &error));
    b = a;
    snprintf(b.name, sizeof(b.name), "two");
    tap_ok(fob_accounts_add(&body, &b, &error) == FOB_E_EXISTS,
           "an entry of a token is kept once");
    snprintf(b.token, sizeof(b.token), "FOB-0002");
    tap_ok(fob_accounts_add(&body, &b, &error) == FOB_OK,
           "the same entry of another token is another");
    fob_vault_body_free(&body);
}

static void renames_replaces_removes(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account out;
    char longer[300];
    size_t cursor = 0, count = 0;

    for (int i = 0; i < 3; i++)
        scratch_must(scratch_add_to(&body, (const char *[]){"a", "b", "c"}[i]));
    tap_ok(fob_accounts_rename(&body, "b", "a much longer name", &error) ==
               FOB_OK,
           "an account in the middle is renamed");
    tap_ok(fob_accounts_rename(&body, "c", "a", &error) == FOB_E_EXISTS,
           "not to a name that is taken");
    tap_ok(fob_accounts_rename(&body, "c", "c", &error) == FOB_OK,
           "to its own name it may");
    memset(longer, 'x', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    tap_ok(fob_accounts_rename(&body, "c", longer, &error) == FOB_E_TOO_LONG,
           "not to a name that is too long");
    tap_ok(fob_accounts_remove(&body, "much", &error) == FOB_E_NOT_FOUND,
           "a part of a name removes nothing");
    tap_ok(fob_accounts_remove(&body, "a", &error) == FOB_OK &&
               fob_accounts_find(&body, "a", &out, &error) == FOB_OK &&
               strcmp(out.name, "a much longer name") == 0,
           "a whole name removes that account");
    while (fob_accounts_next(&body, &cursor, &out))
        count++;
    tap_ok(count == 2 && record_check(body.records.data, body.records.len),
           "and the others stay");
    fob_vault_body_free(&body);
}

static void takes_counters(void)
{
    struct scratch s = scratch_make();
    struct fob_vault vault;
    struct fob_vault_edit edit;
    struct fob_vault_account account;

    scratch_must(scratch_create(&s, &vault));
    scratch_must(fob_vault_begin(&vault, &edit, &error));
    scratch_account(&account, "counted");
    account.otp.type = FOB_HOTP;
    account.otp.period_s = 0;
    account.otp.counter = 7;
    scratch_must(fob_accounts_add(&edit.body, &account, &error));
    scratch_must(scratch_add_to(&edit.body, "timed"));
    account.otp.counter = UINT64_MAX;
    snprintf(account.name, sizeof(account.name), "ended");
    account.otp.secret[0] ^= 1;
    scratch_must(fob_accounts_add(&edit.body, &account, &error));
    scratch_must(fob_vault_commit(&edit, &error));
    fob_vault_end(&edit);

    tap_ok(fob_accounts_take_counter(&vault, "count", &account, &error) ==
                   FOB_OK &&
               account.otp.counter == 7,
           "the counter kept is taken");
    tap_ok(fob_accounts_take_counter(&vault, "count", &account, &error) ==
                   FOB_OK &&
               account.otp.counter == 8,
           "and the next one after it");
    tap_ok(fob_accounts_take_counter(&vault, "timed", &account, &error) ==
               FOB_E_UNSUPPORTED,
           "a TOTP account has none");
    tap_ok(fob_accounts_take_counter(&vault, "ended", &account, &error) ==
               FOB_E_SPENT,
           "after the last counter there is none");
    fob_vault_close(&vault);
    scratch_remove(&s);
}

/* What a newer fob may have written: an unknown field in an account and an
 * unknown record after it. */
static void carries_the_unknown(void)
{
    static const uint8_t field[] = {0xf0, 0, 3, 'n', 'e', 'w'};
    static const uint8_t record[] = {0x7f, 1, 0, 0, 0, 2, 'h', 'i'};
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_vault_account account;
    size_t len;

    scratch_must(scratch_add_to(&body, "one"));
    scratch_must(fob_secret_append(&body.records, field, sizeof(field)));
    len = body.records.len - RECORD_HEAD_LEN;
    body.records.data[4] = (uint8_t)(len >> 8);
    body.records.data[5] = (uint8_t)len;
    scratch_must(fob_secret_append(&body.records, record, sizeof(record)));
    tap_ok(fob_accounts_rename(&body, "one", "renamed", &error) == FOB_OK &&
               fob_accounts_find(&body, "renamed", &account, &error) == FOB_OK,
           "an account with a field from the future is changed");
    tap_ok(memmem(body.records.data, body.records.len, field, sizeof(field)),
           "the field is carried along");
    tap_bytes(body.records.data + body.records.len - sizeof(record), record,
              sizeof(record), "and so is a record from the future");
    fob_vault_body_free(&body);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    keeps_every_field();
    refuses_bad_fields();
    finds_by_name();
    lists_many_candidates();
    keeps_accounts_apart();
    keeps_token_seeds_apart();
    renames_replaces_removes();
    takes_counters();
    carries_the_unknown();
    return tap_done();
}
