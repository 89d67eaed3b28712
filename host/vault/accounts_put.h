/* SPDX-License-Identifier: MIT */
/* What lets an account into a body.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_ACCOUNTS_PUT_H
#define FOB_HOST_VAULT_ACCOUNTS_PUT_H

#include "host/vault/accounts.h"
#include "host/vault/record.h"

/* What of `a`, that must be its own, the other one has already; NULL when
 * nothing. */
const char *accounts_shared(const struct fob_vault_account *a,
                            const struct fob_vault_account *b);

/* Say so: FOB_E_EXISTS. */
enum fob_status accounts_exists(const struct fob_vault_account *other,
                                const char *shared, struct fob_error *error);

/* Write `account` in the place of `old`, or, if that is NULL, at the end.
 * Faults as of fob_accounts_add, but for FOB_E_EXISTS. */
FOB_MUST_CHECK enum fob_status
accounts_write(struct fob_vault_body *body, const struct record *old,
               const struct fob_vault_account *account,
               struct fob_error *error);

/* At the end, with what `extras`, a record of another body or NULL, holds
 * beyond what this fob knows. */
FOB_MUST_CHECK enum fob_status
accounts_append(struct fob_vault_body *body,
                const struct fob_vault_account *account,
                const struct record *extras, struct fob_error *error);

#endif
