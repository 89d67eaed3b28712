/* SPDX-License-Identifier: MIT */
/*
 * The file as bytes: header, sealed contents, digest.  docs/vault-format.md,
 * section "file".  Inside host/vault only.
 */
#ifndef FOB_HOST_VAULT_HEADER_H
#define FOB_HOST_VAULT_HEADER_H

#include "host/vault/seal.h"
#include "host/vault/vault.h"

enum {
    HEADER_VERSION = 1,
    HEADER_FIXED_LEN = 76,
    HEADER_SLOT_HEAD_LEN = 4,
    HEADER_SLOT_CHECK_LEN = 8,
    HEADER_MAX = HEADER_FIXED_LEN +
                 FOB_SLOTS_MAX * (HEADER_SLOT_HEAD_LEN + FOB_SLOT_CONTENT_MAX +
                                  HEADER_SLOT_CHECK_LEN) +
                 FOB_SEAL_DIGEST_LEN,
    HEADER_FILE_MAX = HEADER_MAX + FOB_VAULT_BODY_MAX + FOB_SEAL_TAG_LEN +
                      FOB_SEAL_DIGEST_LEN,
};

/* Read a whole file: `header` filled in; `head` (what authenticates) and
 * `sealed` are views of it.  Faults as in vault.h, error set without the file's
 * name ("its header is damaged"). */
FOB_MUST_CHECK enum fob_status header_read(struct fob_seal_bytes file,
                                           struct fob_vault_header *header,
                                           struct fob_seal_bytes *head,
                                           struct fob_seal_bytes *sealed,
                                           struct fob_error *error);

/* Write the header of a file with `sealed_len` bytes of contents into `data`,
 * room for HEADER_MAX; its length. */
size_t header_write(const struct fob_vault_header *header, size_t sealed_len,
                    uint8_t *data);

#endif
