/* SPDX-License-Identifier: MIT */
/* The file as bytes: header, sealed records, digest.  Inside
 * host/vault/backup only. */
#ifndef FOB_HOST_VAULT_BACKUP_BACKUP_HEADER_H
#define FOB_HOST_VAULT_BACKUP_BACKUP_HEADER_H

#include "host/vault/backup/backup.h"
#include "host/vault/seal.h"

enum {
    BACKUP_HEADER_LEN = 124,
    BACKUP_HEADER_DIGESTED = BACKUP_HEADER_LEN - FOB_SEAL_DIGEST_LEN,
};

/* Read and check a whole file: `head`, which authenticates, and `sealed` are
 * views of it.  The error is set. */
FOB_MUST_CHECK enum fob_status
backup_header_read(struct fob_seal_bytes file, struct fob_backup_header *header,
                   struct fob_seal_bytes *head, struct fob_seal_bytes *sealed,
                   struct fob_error *error);

void backup_header_write(const struct fob_backup_header *header,
                         size_t sealed_len,
                         uint8_t data[static BACKUP_HEADER_LEN]);

#endif
