/* SPDX-License-Identifier: MIT */
/* What making a vault and using one have in common.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_VAULT_OPEN_H
#define FOB_HOST_VAULT_VAULT_OPEN_H

#include "host/vault/vault.h"
#include "host/vault/vault_file.h"

/* Start `vault` off with its two paths and nothing else. */
FOB_MUST_CHECK enum fob_status vault_aim(struct fob_vault *vault,
                                         const char *path, const char *backup,
                                         struct fob_error *error);

struct vault_location vault_location(const struct fob_vault *vault);

/* Remember that `generation` has been seen. */
void vault_saw(struct fob_vault *vault, uint64_t generation);

/* The lock of writers.  It is a file beside the vault, which itself is
 * another file after each write. */
FOB_MUST_CHECK enum fob_status vault_lock(const struct fob_vault *vault,
                                          int *lock, struct fob_error *error);

#endif
