/* SPDX-License-Identifier: MIT */
/* Accounts together with where their records are.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_ACCOUNTS_SEARCH_H
#define FOB_HOST_VAULT_ACCOUNTS_SEARCH_H

#include "host/vault/accounts.h"
#include "host/vault/record.h"

/* As fob_accounts_next; *record has no meaning at the end. */
bool accounts_step(const struct fob_vault_body *body, size_t *cursor,
                   struct record *record, struct fob_vault_account *account);

/* Whether both make codes of one kind: type, hash, digits and period. */
bool accounts_share_kind(const struct fob_vault_account *a,
                         const struct fob_vault_account *b);

/* Whether both are one account: the same seed in the vault and codes of one
 * kind, or the same entry of the same token. */
bool accounts_is_same(const struct fob_vault_account *a,
                      const struct fob_vault_account *b);

/* The one of exactly that name; false, with `account` wiped, for none. */
bool accounts_exact(const struct fob_vault_body *body, const char *name,
                    struct record *record, struct fob_vault_account *account);

/* As fob_accounts_find. */
FOB_MUST_CHECK enum fob_status
accounts_locate(const struct fob_vault_body *body, const char *name,
                struct record *record, struct fob_vault_account *account,
                struct fob_error *error);

/* Word that there is none of that name: FOB_E_NOT_FOUND. */
enum fob_status accounts_none(const char *name, struct fob_error *error);

#endif
