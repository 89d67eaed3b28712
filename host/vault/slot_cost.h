/* SPDX-License-Identifier: MIT */
/* What scrypt may cost: a slot that is made, and one that is tried.  Inside
 * host/vault only. */
#ifndef FOB_HOST_VAULT_SLOT_COST_H
#define FOB_HOST_VAULT_SLOT_COST_H

#include "host/vault/slot_types.h"

/* Whether a fob may have made it: docs/vault-format.md, section "key slots". */
bool slot_cost_is_sane(const struct fob_slot_cost *cost);

/* N * r * p of one that is sane: the memory is 128 bytes of it at most. */
uint64_t slot_cost_work(const struct fob_slot_cost *cost);

/* The most work that a slot may ask for to be tried with `opener`, and all
 * slots together in one try. */
uint64_t slot_cost_work_max(const struct fob_slot_opener *opener);
uint64_t slot_cost_try_max(const struct fob_slot_opener *opener);

#endif
