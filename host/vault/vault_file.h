/* SPDX-License-Identifier: MIT */
/* Reading and writing one generation.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_VAULT_FILE_H
#define FOB_HOST_VAULT_VAULT_FILE_H

#include "host/vault/seal.h"
#include "host/vault/vault.h"

struct vault_location {
    const char *path;
    const char *backup;
};

struct vault_file {
    struct fob_secret content;
    struct fob_vault_header header;
    struct fob_seal_bytes head; /* views of content */
    struct fob_seal_bytes sealed;
};

/* Read and check by the digests. on a fault the error is set whole. */
FOB_MUST_CHECK enum fob_status
vault_file_read(const struct vault_location *location, struct vault_file *file,
                struct fob_error *error);
void vault_file_free(struct vault_file *file);

/* Decrypt and check the records, into the empty `body`. */
FOB_MUST_CHECK enum fob_status
vault_file_unseal(const struct vault_location *location,
                  const struct vault_file *file, const struct fob_secret *key,
                  struct fob_vault_body *body, struct fob_error *error);

/* Write `body` under `header`, which gets a fresh salt, as the file; the one
 * before it becomes the backup, if `location` has one. */
FOB_MUST_CHECK enum fob_status
vault_file_write(const struct vault_location *location,
                 struct fob_vault_header *header, const struct fob_secret *key,
                 const struct fob_vault_body *body, struct fob_error *error);

/* Remove what a killed writer may have left of a backup. */
FOB_MUST_CHECK enum fob_status
vault_file_tidy(const struct vault_location *location, struct fob_error *error);

/* Write them as the backup.  It stands before the vault itself changes: so what
 * opened a slot that `header` lacks opens neither from the moment it does not
 * open the vault. */
FOB_MUST_CHECK enum fob_status vault_file_write_backup(
    const struct vault_location *location,
    const struct fob_vault_header *header, const struct fob_secret *key,
    const struct fob_vault_body *body, struct fob_error *error);

/* Complete the fault in `error`, which speaks of "its header": put the file's
 * name before it and, for a damaged file, the way back after it. */
enum fob_status vault_file_fault(const struct vault_location *location,
                                 struct fob_error *error);

#endif
