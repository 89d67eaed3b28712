/* SPDX-License-Identifier: MIT */
/* What a vault and its backups have in common.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_KNOWN_RECORD_H
#define FOB_HOST_VAULT_KNOWN_RECORD_H

#include "host/vault/access_keys.h"
#include "host/vault/accounts.h"
#include "host/vault/record.h"

/* Room to decode one into; holds a secret then. */
union known_record {
    struct fob_vault_account account;
    struct fob_access_key access_key;
};

/* Whether an account's or access key's record has its fields in range; one of
 * another type has. */
FOB_MUST_CHECK enum fob_status known_record_check(const struct record *record,
                                                  union known_record *room);

#endif
