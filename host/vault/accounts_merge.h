/* SPDX-License-Identifier: MIT */
/*
 * Accounts that come from elsewhere into a vault that has its own: the one rule
 * of adding, importing and restoring.
 *
 * An account is its seed and its parameters (type, hash, digits, period), or
 * the entry of a token: what is there already is kept, under the name that it
 * has here, with the higher of two counters.  Anything else is another account,
 * and both are kept.  A name that is taken, byte for byte, gets the next
 * number: "NAME (2)".  An AWS device that another account is, the one that
 * comes is not.
 */
#ifndef FOB_HOST_VAULT_ACCOUNTS_MERGE_H
#define FOB_HOST_VAULT_ACCOUNTS_MERGE_H

#include "host/vault/accounts_index.h"

enum fob_merged {
    FOB_MERGED_ADDED,
    FOB_MERGED_RENAMED, /* added; its name was another's */
    FOB_MERGED_KEPT,    /* the vault has the same */
    FOB_MERGED_DIFFERS, /* the vault has the same entry of a token with other
                           parameters, and keeps its own */
};

/* One after the other into a body that nothing else changes meanwhile, and that
 * is to be thrown away after a fault. */
struct fob_accounts_merge {
    struct fob_vault_body *body;
    struct accounts_index index;
    /* To be filled in by the caller; then as it is in the vault now. */
    struct fob_vault_account *account;
    char was[FOB_ACCOUNT_NAME_MAX + 1]; /* the name that it came with */
    bool is_moved; /* of FOB_MERGED_KEPT: the vault's counter was raised */
    struct fob_vault_account *other;
    struct fob_secret rooms[2];
};

/* In any case follows fob_accounts_merge_end.  FOB_E_NO_MEMORY, error set. */
FOB_MUST_CHECK enum fob_status
fob_accounts_merge_begin(struct fob_accounts_merge *merge,
                         struct fob_vault_body *body, struct fob_error *error);

/* Put merge->account, with what `extras`, its record elsewhere or NULL, holds
 * beyond what this fob knows.  Faults, error set, are those of fob_accounts_add
 * but for FOB_E_EXISTS; all but FOB_E_NO_MEMORY leave the body as it was. */
FOB_MUST_CHECK enum fob_status
fob_accounts_merge_put(struct fob_accounts_merge *merge,
                       const struct record *extras, enum fob_merged *merged,
                       struct fob_error *error);

void fob_accounts_merge_end(struct fob_accounts_merge *merge);

#endif
