/* SPDX-License-Identifier: MIT */
#include "host/vault/slot_cost.h"

enum {
    LOG2_N_MIN = 14,
    LOG2_N_MAX = 23,
    LOG2_BLOCK = 7, /* RFC 7914: 128 * N * r bytes */
    P_MAX = 16,
    LOG2_MEMORY_MAX = 30,
    WORK_MAX = 1 << 21, /* twice the default; 256 MiB */
    TRY_SLOTS = 2,      /* of so much work are tried at once */
};

const struct fob_slot_cost fob_slot_cost_default = {
    .log2_n = 17, .r = 8, .p = 1};

bool slot_cost_is_sane(const struct fob_slot_cost *cost)
{
    return cost->log2_n >= LOG2_N_MIN && cost->log2_n <= LOG2_N_MAX &&
           cost->r >= 1 && cost->p >= 1 && cost->p <= P_MAX &&
           (uint64_t)cost->r << (cost->log2_n + LOG2_BLOCK) <=
               1ULL << LOG2_MEMORY_MAX;
}

uint64_t slot_cost_work(const struct fob_slot_cost *cost)
{
    return (uint64_t)cost->r * cost->p << cost->log2_n;
}

/* A file sets its costs, and that the passphrase is wrong is known only after
 * they are paid: nobody pays more than this for a file that somebody sent,
 * unless the settings ask for as much. */
uint64_t slot_cost_work_max(const struct fob_slot_opener *opener)
{
    uint64_t own = slot_cost_work(&opener->cost);

    return own > WORK_MAX ? own : WORK_MAX;
}

uint64_t slot_cost_try_max(const struct fob_slot_opener *opener)
{
    return TRY_SLOTS * slot_cost_work_max(opener);
}
