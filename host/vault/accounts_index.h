/* SPDX-License-Identifier: MIT */
/*
 * What the accounts of a body have that must be their own (names, seeds,
 * devices), to be looked up at once: for adding thousands.  An index is of one
 * body, and good while that is changed by fob_accounts_add_indexed only.
 */
#ifndef FOB_HOST_VAULT_ACCOUNTS_INDEX_H
#define FOB_HOST_VAULT_ACCOUNTS_INDEX_H

#include "host/vault/accounts.h"

/* Digests of seeds are secrets, too. */
struct fob_accounts_index {
    struct fob_secret table;
    size_t count; /* of the places taken, and of all: a power of two */
    size_t cap;
};

/* FOB_E_NO_MEMORY leaves it empty. */
FOB_MUST_CHECK enum fob_status
fob_accounts_index_make(const struct fob_vault_body *body,
                        struct fob_accounts_index *index);
void fob_accounts_index_free(struct fob_accounts_index *index);

/* As fob_accounts_add. */
FOB_MUST_CHECK enum fob_status fob_accounts_add_indexed(
    struct fob_vault_body *body, struct fob_accounts_index *index,
    const struct fob_vault_account *account, struct fob_error *error);

#endif
