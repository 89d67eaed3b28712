/* SPDX-License-Identifier: MIT */
/*
 * What the accounts of a body have that must be their own (names, seeds,
 * devices), to be looked up at once: for thousands.  An index is of one body,
 * and told of each change.
 */
#ifndef FOB_HOST_VAULT_ACCOUNTS_INDEX_H
#define FOB_HOST_VAULT_ACCOUNTS_INDEX_H

#include "host/vault/accounts.h"

struct record;

/* Digests of seeds are secrets, too. */
struct accounts_index {
    struct fob_secret table;
    size_t count; /* of the places taken, and of all: a power of two */
    size_t cap;
};

enum accounts_mark { ACCOUNTS_NAME, ACCOUNTS_SEED, ACCOUNTS_DEVICE };

/* FOB_E_NO_MEMORY leaves it empty. */
FOB_MUST_CHECK enum fob_status
accounts_index_make(const struct fob_vault_body *body,
                    struct accounts_index *index);
void accounts_index_free(struct accounts_index *index);

/* The account that has the name, the seed with its parameters, or the device of
 * `fresh`, into `other`, and its record. */
bool accounts_index_find(const struct accounts_index *index,
                         const struct fob_vault_body *body,
                         enum accounts_mark mark,
                         const struct fob_vault_account *fresh,
                         struct record *record,
                         struct fob_vault_account *other);

/* That `account` is at `at` now; or that the one there is a device now.
 * FOB_E_NO_MEMORY: the index is of no use any more. */
FOB_MUST_CHECK enum fob_status
accounts_index_enter(struct accounts_index *index,
                     const struct fob_vault_account *account, size_t at);
FOB_MUST_CHECK enum fob_status
accounts_index_enter_device(struct accounts_index *index,
                            const struct fob_vault_account *account, size_t at);

/* That all records behind the one at `at` are `by` bytes further on. */
void accounts_index_move(struct accounts_index *index, size_t at, size_t by);

#endif
