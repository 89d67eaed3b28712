/* SPDX-License-Identifier: MIT */
/* What becomes of accounts that come from elsewhere, of all ways to share
 * names, seeds and devices, beside a model that looks at every account. */
#include "host/vault/accounts_merge.h"
#include "tests/unit/vault/scratch.h"

#include <stdio.h>
#include <string.h>

enum { COUNT = 1500, NAMES = 500, SEEDS = 600, DEVICES = 400, ALIKE = 3000 };

static struct fob_error error;
static uint32_t state = 12345;

static uint32_t draw(uint32_t below)
{
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
}

/* Of four one has its seed on a token, of four one counts, of two one is bound;
 * some names have a number. */
static void make_account(struct fob_vault_account *account)
{
    char name[32];
    uint32_t seed = draw(SEEDS);

    snprintf(name, sizeof(name), draw(4) == 0 ? "account %u (2)" : "account %u",
             (unsigned)draw(NAMES));
    scratch_account(account, name);
    account->otp.digits = (uint8_t)(6 + 2 * draw(2));
    if (draw(4) == 0) {
        account->otp.type = FOB_HOTP;
        account->otp.period_s = 0;
        account->otp.counter = draw(100);
    }
    if (draw(4) == 0) {
        memset(account->otp.secret, 0, sizeof(account->otp.secret));
        account->otp.secret_len = 0;
        snprintf(account->token, sizeof(account->token), "FOB-%u",
                 (unsigned)draw(3));
        snprintf(account->otp.label, sizeof(account->otp.label), "%u",
                 (unsigned)(seed % 50));
    } else {
        memcpy(account->otp.secret, &seed, sizeof(seed));
    }
    if (draw(2) == 0)
        snprintf(account->device, sizeof(account->device),
                 "arn:aws:iam::123456789012:mfa/%u", (unsigned)draw(DEVICES));
}

static bool is_same(const struct fob_vault_account *a,
                    const struct fob_vault_account *b)
{
    if (strcmp(a->token, b->token) != 0)
        return false;
    if (a->token[0] != '\0')
        return strcmp(a->otp.label, b->otp.label) == 0;
    return memcmp(a->otp.secret, b->otp.secret, 20) == 0 &&
           a->otp.type == b->otp.type && a->otp.digits == b->otp.digits;
}

static struct fob_vault_account model[COUNT];
static size_t model_count;

static struct fob_vault_account *model_same(const struct fob_vault_account *of)
{
    for (size_t i = 0; i < model_count; i++)
        if (is_same(&model[i], of))
            return &model[i];
    return NULL;
}

static bool model_has_name(const char *name)
{
    for (size_t i = 0; i < model_count; i++)
        if (strcmp(model[i].name, name) == 0)
            return true;
    return false;
}

static bool model_has_device(const char *device)
{
    for (size_t i = 0; i < model_count; i++)
        if (strcmp(model[i].device, device) == 0)
            return true;
    return false;
}

/* "x (2)" and "x" are both of "x". */
static size_t base_len(const char *name)
{
    const char *number = strstr(name, " (");

    return number != NULL ? (size_t)(number - name) : strlen(name);
}

static enum fob_merged model_keep(struct fob_vault_account *own,
                                  const struct fob_vault_account *fresh)
{
    if (own->otp.type != fresh->otp.type ||
        own->otp.digits != fresh->otp.digits)
        return FOB_MERGED_DIFFERS;
    if (own->device[0] == '\0' && !model_has_device(fresh->device))
        memcpy(own->device, fresh->device, sizeof(own->device));
    if (fresh->otp.counter > own->otp.counter)
        own->otp.counter = fresh->otp.counter;
    return FOB_MERGED_KEPT;
}

/* NULL when `merge` did as the model does, which follows it in the number. */
static const char *compare(const struct fob_accounts_merge *merge,
                           enum fob_merged merged,
                           struct fob_vault_account *fresh)
{
    const struct fob_vault_account *got = merge->account;
    struct fob_vault_account *own = model_same(fresh);
    bool is_taken = model_has_name(fresh->name);

    if (strcmp(merge->was, fresh->name) != 0)
        return "the name that it came with";
    if (own != NULL)
        return merged == model_keep(own, fresh) &&
                       strcmp(got->name, own->name) == 0 &&
                       strcmp(got->device, own->device) == 0 &&
                       got->otp.counter == own->otp.counter
                   ? NULL
                   : "one that is there";
    if (merged != (is_taken ? FOB_MERGED_RENAMED : FOB_MERGED_ADDED))
        return "one that is new";
    if (is_taken
            ? model_has_name(got->name) ||
                  strncmp(got->name, fresh->name, base_len(fresh->name)) != 0
            : strcmp(got->name, fresh->name) != 0)
        return "its name";
    if (fresh->device[0] != '\0' && model_has_device(fresh->device))
        fresh->device[0] = '\0';
    if (strcmp(got->device, fresh->device) != 0)
        return "its device";
    memcpy(fresh->name, got->name, sizeof(fresh->name));
    model[model_count++] = *fresh;
    return NULL;
}

static bool is_in_body(const struct fob_vault_body *body)
{
    struct fob_vault_account account;
    size_t cursor = 0, i = 0;

    for (; fob_accounts_next(body, &cursor, &account); i++)
        if (i == model_count || strcmp(account.name, model[i].name) != 0 ||
            strcmp(account.device, model[i].device) != 0 ||
            account.otp.counter != model[i].otp.counter ||
            !is_same(&account, &model[i]))
            return false;
    return i == model_count;
}

static const char *merge_random(struct fob_vault_body *body, size_t count)
{
    struct fob_accounts_merge merge;
    const char *wrong = NULL;

    scratch_must(fob_accounts_merge_begin(&merge, body, &error));
    for (size_t i = 0; wrong == NULL && i < count; i++) {
        struct fob_vault_account fresh;
        enum fob_merged merged = FOB_MERGED_ADDED;

        make_account(&fresh);
        *merge.account = fresh;
        scratch_must(fob_accounts_merge_put(&merge, NULL, &merged, &error));
        wrong = compare(&merge, merged, &fresh);
    }
    fob_accounts_merge_end(&merge);
    if (wrong != NULL)
        printf("# not as the model has it: %s\n", wrong);
    return wrong;
}

static void follows_the_model(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};

    const char *wrong = merge_random(&body, COUNT / 2);

    tap_ok(wrong == NULL && model_count > 300 && is_in_body(&body),
           "%zu of %d accounts are new, as in the model", model_count,
           COUNT / 2);
    tap_ok(merge_random(&body, COUNT / 2) == NULL && is_in_body(&body),
           "and of as many more, by an index of what is there");
    fob_vault_body_free(&body);
}

static enum fob_merged put(struct fob_accounts_merge *merge, const char *name,
                           const char *seed)
{
    struct fob_vault_account account;
    enum fob_merged merged = FOB_MERGED_DIFFERS;

    scratch_account(&account, seed);
    snprintf(account.name, sizeof(account.name), "%s", name);
    *merge->account = account;
    scratch_must(fob_accounts_merge_put(merge, NULL, &merged, &error));
    return merged;
}

static void names_by_number(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_accounts_merge merge;
    char long_name[FOB_ACCOUNT_NAME_MAX + 1];

    scratch_must(fob_accounts_merge_begin(&merge, &body, &error));
    put(&merge, "a", "1");
    tap_ok(put(&merge, "a", "2") == FOB_MERGED_RENAMED &&
               strcmp(merge.account->name, "a (2)") == 0,
           "a name that is taken gets a number");
    tap_ok(put(&merge, "a (2)", "3") == FOB_MERGED_RENAMED &&
               strcmp(merge.account->name, "a (3)") == 0,
           "a number goes on");
    tap_ok(put(&merge, "A", "4") == FOB_MERGED_ADDED, "case makes a name");
    tap_ok(put(&merge, "b", "2") == FOB_MERGED_KEPT &&
               strcmp(merge.account->name, "a (2)") == 0 &&
               strcmp(merge.was, "b") == 0,
           "what is there keeps its name");
    put(&merge, "(2)", "5");
    tap_ok(put(&merge, "(2)", "6") == FOB_MERGED_RENAMED &&
               strcmp(merge.account->name, "(2) (2)") == 0,
           "a number alone is a name");
    /* "é" is two bytes: one would be cut in half. */
    for (size_t i = 0; i + 2 < sizeof(long_name); i += 2)
        memcpy(long_name + i, "\xc3\xa9", 3);
    put(&merge, long_name, "7");
    tap_ok(put(&merge, long_name, "8") == FOB_MERGED_RENAMED &&
               strcmp(merge.account->name + 244, " (2)") == 0,
           "a long name is cut between characters");
    fob_accounts_merge_end(&merge);
    fob_vault_body_free(&body);
}

static void takes_thousands_of_one_name(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_accounts_merge merge;
    char seed[16], last[16];
    bool is_next = true;

    scratch_must(fob_accounts_merge_begin(&merge, &body, &error));
    put(&merge, "a", "0");
    for (int i = 2; i <= ALIKE; i++) {
        snprintf(seed, sizeof(seed), "%d", i);
        snprintf(last, sizeof(last), "a (%d)", i);
        put(&merge, "a", seed);
        is_next &= strcmp(merge.account->name, last) == 0;
    }
    tap_ok(is_next, "%d of one name have numbers in a row", ALIKE);
    fob_accounts_merge_end(&merge);
    fob_vault_body_free(&body);
}

static void refuses_and_goes_on(void)
{
    struct fob_vault_body body = {{NULL, 0, 0}};
    struct fob_accounts_merge merge;
    enum fob_merged merged;

    scratch_must(fob_accounts_merge_begin(&merge, &body, &error));
    scratch_account(merge.account, "a");
    merge.account->otp.label[0] = '\x1b';
    tap_ok(fob_accounts_merge_put(&merge, NULL, &merged, &error) ==
                   FOB_E_SYNTAX &&
               body.records.len == 0,
           "what no vault takes leaves it as it was");
    tap_ok(put(&merge, "a", "a") == FOB_MERGED_ADDED, "for the next one");
    fob_accounts_merge_end(&merge);
    fob_vault_body_free(&body);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    follows_the_model();
    names_by_number();
    takes_thousands_of_one_name();
    refuses_and_goes_on();
    return tap_done();
}
