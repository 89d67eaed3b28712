/* SPDX-License-Identifier: MIT */
/* An account as a record.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_ACCOUNT_RECORD_H
#define FOB_HOST_VAULT_ACCOUNT_RECORD_H

#include "host/vault/accounts.h"
#include "host/vault/record.h"

/* FOB_E_SYNTAX and kin, with `account` wiped, when a field is out of its
 * range. */
FOB_MUST_CHECK enum fob_status
account_record_read(const struct record *record,
                    struct fob_vault_account *account);

/* Into the empty `content`, with what `old` (or NULL) holds beyond what this
 * fob knows; the same faults. */
FOB_MUST_CHECK enum fob_status
account_record_write(const struct fob_vault_account *account,
                     const struct record *old, struct fob_secret *content);

#endif
