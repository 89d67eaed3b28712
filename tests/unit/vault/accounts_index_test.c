/* SPDX-License-Identifier: MIT */
/* Adding by an index says the same as adding one by one, of accounts that
 * share names, seeds and devices in all ways. */
#include "host/vault/accounts_index.h"
#include "tests/unit/vault/scratch.h"

#include <stdio.h>

enum { COUNT = 1500, NAMES = 900, SEEDS = 700, DEVICES = 400 };

static uint32_t state = 12345;

static uint32_t draw(uint32_t below)
{
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
}

/* Of four one has its seed on a token, and of two one is bound. */
static void make_account(struct fob_vault_account *account)
{
    char name[32];
    uint32_t seed = draw(SEEDS);

    snprintf(name, sizeof(name), "account %u", (unsigned)draw(NAMES));
    scratch_account(account, name);
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

/* How many were let in; 0 when the two do not agree. */
static size_t add_both(struct fob_vault_body *one, struct fob_vault_body *other,
                       struct fob_accounts_index *index, size_t count)
{
    struct fob_vault_account account;
    size_t added = 0;

    for (size_t i = 0; i < count; i++) {
        struct fob_error first = {0}, second = {0};

        make_account(&account);
        if (fob_accounts_add(one, &account, &first) !=
                fob_accounts_add_indexed(other, index, &account, &second) ||
            strcmp(first.text, second.text) != 0 ||
            strcmp(first.hint, second.hint) != 0) {
            printf("# %zu: %s | %s\n", i, first.text, second.text);
            return 0;
        }
        added += first.status == FOB_OK;
    }
    return added;
}

static bool is_same(const struct fob_vault_body *a,
                    const struct fob_vault_body *b)
{
    return a->records.len == b->records.len &&
           memcmp(a->records.data, b->records.data, a->records.len) == 0;
}

int main(void)
{
    struct fob_vault_body one = {{NULL, 0, 0}}, other = {{NULL, 0, 0}};
    struct fob_accounts_index index;
    size_t added;

    if (fob_secret_start() != FOB_OK)
        return 1;
    tap_ok(fob_accounts_index_make(&other, &index) == FOB_OK, "of nothing");
    added = add_both(&one, &other, &index, COUNT);
    tap_ok(added > 100 && added < COUNT && is_same(&one, &other),
           "%zu of %d are let in by both, in the same words", added, COUNT);
    fob_accounts_index_free(&index);
    tap_ok(fob_accounts_index_make(&other, &index) == FOB_OK,
           "an index of what is there");
    tap_ok(add_both(&one, &other, &index, COUNT) > 0 && is_same(&one, &other),
           "knows it all");
    fob_accounts_index_free(&index);
    fob_vault_body_free(&one);
    fob_vault_body_free(&other);
    return tap_done();
}
