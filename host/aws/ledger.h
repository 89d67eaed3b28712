/* SPDX-License-Identifier: MIT */
/*
 * What was spent at one MFA device: the time steps whose codes are used up,
 * and when codes were verified.  AWS takes each code once, five of them at a
 * time, and so many verifications a window; nothing on its side can be asked
 * about either, so fob keeps a ledger.  Pure; docs/architecture.md says why.
 */
#ifndef FOB_HOST_AWS_LEDGER_H
#define FOB_HOST_AWS_LEDGER_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FOB_LEDGER_STEPS = 64, /* the latest are remembered */
    FOB_LEDGER_CHECKS = 16,
    FOB_LEDGER_WINDOW_S = 180, /* aligned to UTC */
    FOB_LEDGER_BUDGET = 7,     /* of AWS's 9: two are left to the person */
    FOB_LEDGER_AHEAD = 2,      /* steps that AWS takes codes ahead of time */
    FOB_LEDGER_MAX = 1024,     /* bytes of the encoding, at most */
};

struct fob_ledger {
    uint64_t steps[FOB_LEDGER_STEPS]; /* oldest first */
    size_t step_count;
    int64_t checks[FOB_LEDGER_CHECKS]; /* Unix s, oldest first */
    size_t check_count;
};

/* The step to use now: the first unused of T, T+1, T-1, T+2, T-2.
 * FOB_E_SPENT when there is none or the window's budget is used up; *wait_s
 * is then the time until that changes, else 0. */
FOB_MUST_CHECK enum fob_status
fob_ledger_choose(const struct fob_ledger *ledger, int64_t now_s,
                  uint32_t period_s, uint64_t *step, uint32_t *wait_s);

/* The same where codes come in rising order only, after the one of `mark`: the
 * lowest unused of T-1 to T+2.  T-2 would be too old by the time a person has
 * touched for it.  With a mark further ahead than AWS takes codes it is T,
 * which will be refused with the reason. */
FOB_MUST_CHECK enum fob_status
fob_ledger_choose_above(const struct fob_ledger *ledger, int64_t now_s,
                        uint32_t period_s, uint64_t mark, uint64_t *step,
                        uint32_t *wait_s);

/* Enter a code as used; with `checked`, as a verification of this moment. */
void fob_ledger_spend(struct fob_ledger *ledger, uint64_t step, int64_t now_s,
                      bool checked);

bool fob_ledger_is_spent(const struct fob_ledger *ledger, uint64_t step);

/* Verifications in the window of `now_s`. */
unsigned fob_ledger_checks_in_window(const struct fob_ledger *ledger,
                                     int64_t now_s);

/* The file's content, docs/protocol.md section "ledger".  Decoding gives
 * FOB_E_DAMAGED for anything that encode did not write. */
size_t fob_ledger_encode(const struct fob_ledger *ledger,
                         uint8_t data[static FOB_LEDGER_MAX]);
FOB_MUST_CHECK enum fob_status fob_ledger_decode(struct fob_ledger *ledger,
                                                 const void *data, size_t len);

#endif
