/* SPDX-License-Identifier: MIT */
/*
 * A backup: what a vault holds, in a file that opens anywhere with a code of
 * 128 bits or with a passphrase.  docs/backup-format.md.
 *
 * Faults of a file: FOB_E_SYNTAX no backup; FOB_E_VERSION of a newer fob;
 * FOB_E_TOO_SHORT truncated; FOB_E_TOO_LONG something was added; FOB_E_DAMAGED
 * damaged or forged; FOB_E_WRONG_KEY it opens by something else.
 */
#ifndef FOB_HOST_VAULT_BACKUP_BACKUP_H
#define FOB_HOST_VAULT_BACKUP_BACKUP_H

#include "host/base/written_code.h"
#include "host/vault/vault.h"

enum fob_backup_type { FOB_BACKUP_CODE = 1, FOB_BACKUP_PASSPHRASE = 2 };

enum {
    FOB_BACKUP_ID_LEN = 16,
    FOB_BACKUP_SALT_LEN = 32,
    FOB_BACKUP_CHECK_LEN = 16,
    FOB_BACKUP_BODY_MAX = FOB_VAULT_BODY_MAX + 4096,
};

/* What stands in the clear. */
struct fob_backup_header {
    enum fob_backup_type type;
    uint8_t id[FOB_BACKUP_ID_LEN];
    int64_t created_s; /* Unix time */
    uint8_t salt[FOB_BACKUP_SALT_LEN];
    struct fob_slot_cost cost; /* of a passphrase, else zeros */
    uint8_t check[FOB_BACKUP_CHECK_LEN];
};

/* What opens it: the 16 bytes of a code, or a passphrase. */
struct fob_backup_opener {
    enum fob_backup_type type;
    const struct fob_secret *secret;
    /* For making; for opening, as much is tried, too, however much it is. */
    struct fob_slot_cost cost;
};

/* Seal the records (backup_records.h) into the empty `file`. */
FOB_MUST_CHECK enum fob_status
fob_backup_seal(const struct fob_secret *records, int64_t created_s,
                const struct fob_backup_opener *opener, struct fob_secret *file,
                struct fob_error *error);

/* All that can be told without what opens it. */
FOB_MUST_CHECK enum fob_status
fob_backup_inspect(const struct fob_secret *file,
                   struct fob_backup_header *header, struct fob_error *error);

/* The records into the empty `records`, checked. */
FOB_MUST_CHECK enum fob_status
fob_backup_open(const struct fob_secret *file,
                const struct fob_backup_opener *opener,
                struct fob_secret *records, struct fob_error *error);

#endif
