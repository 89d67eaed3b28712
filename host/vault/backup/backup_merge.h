/* SPDX-License-Identifier: MIT */
/* A backup's records into a vault, each by what it is. */
#ifndef FOB_HOST_VAULT_BACKUP_BACKUP_MERGE_H
#define FOB_HOST_VAULT_BACKUP_BACKUP_MERGE_H

#include "host/vault/accounts.h"
#include "host/vault/backup/backup_records.h"

enum fob_restored {
    FOB_RESTORED_ADDED,
    FOB_RESTORED_RENAMED, /* added; its name was another's */
    FOB_RESTORED_KEPT,    /* the vault has the same */
    FOB_RESTORED_DIFFERS, /* the vault has the same access key with another
                             secret, or the same entry of a token with other
                             parameters, and keeps its own */
    FOB_RESTORED_UNKNOWN, /* of a newer fob, and left out */
};

/* One record, and what became of it. */
struct fob_restored_item {
    enum fob_restored result;
    const struct fob_vault_account *account; /* as it is in the vault now, */
    const struct fob_access_key *key;        /* or this, or neither */
    const char *was; /* FOB_RESTORED_RENAMED: the name in the backup */
};

struct fob_restore {
    const struct fob_backup_home *home; /* of whoever restores */
    void *context;
    /* Told of each; a fault ends the merging. */
    enum fob_status (*take)(void *context, const struct fob_restored_item *item,
                            struct fob_error *error);
};

/*
 * Merge records that fob_backup_open gave into `body`, which is to be thrown
 * away after a fault.
 *
 * An access key is its id: one that the vault has is kept.  It is put where the
 * files of the backup's maker are the restorer's; a place that is taken leaves
 * the other key there, and this one has its id in its name.
 *
 * Of accounts see host/vault/accounts_merge.h; one that is kept takes over the
 * AWS device if it has none.
 */
FOB_MUST_CHECK enum fob_status
fob_backup_merge(const struct fob_secret *records,
                 const struct fob_restore *restore, struct fob_vault_body *body,
                 struct fob_error *error);

#endif
