/* SPDX-License-Identifier: MIT */
/* What a backup holds in the clear: the vault's records (docs/vault-format.md)
 * but for what is the vault's own, and whose AWS files they were. */
#ifndef FOB_HOST_VAULT_BACKUP_BACKUP_RECORDS_H
#define FOB_HOST_VAULT_BACKUP_BACKUP_RECORDS_H

#include "host/vault/access_keys.h"

enum { BACKUP_RECORD_HOME = 256 }; /* a type that no vault has */

/* Real paths of the AWS files of whoever makes a backup, or restores one. */
struct fob_backup_home {
    char config[FOB_ACCESS_KEY_PATH_MAX + 1];
    char credentials[FOB_ACCESS_KEY_PATH_MAX + 1];
};

/* Into the empty `records`.  FOB_E_NO_MEMORY; FOB_E_SYNTAX for a path that is
 * no text. */
FOB_MUST_CHECK enum fob_status
fob_backup_records_make(const struct fob_vault_body *body,
                        const struct fob_backup_home *home,
                        struct fob_secret *records);

/* Whether they are what this fob can work with; FOB_E_DAMAGED, error set. */
FOB_MUST_CHECK enum fob_status
backup_records_check(const struct fob_secret *records, struct fob_error *error);

/* Of records that were checked. */
FOB_MUST_CHECK enum fob_status
backup_records_home(const struct fob_secret *records,
                    struct fob_backup_home *home);

#endif
