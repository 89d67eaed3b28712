/* SPDX-License-Identifier: MIT */
/* Inside host/vault/backup only. */
#ifndef FOB_HOST_VAULT_BACKUP_MERGE_KEYS_H
#define FOB_HOST_VAULT_BACKUP_MERGE_KEYS_H

#include "host/vault/backup/backup_merge.h"

/* The access keys, before anything else is put into `body`. */
FOB_MUST_CHECK enum fob_status merge_keys(const struct fob_secret *records,
                                          const struct fob_restore *restore,
                                          struct fob_vault_body *body,
                                          struct fob_error *error);

#endif
