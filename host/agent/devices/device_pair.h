/* SPDX-License-Identifier: MIT */
/* The two consecutive codes that enable or resync a device. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_PAIR_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_PAIR_H

#include "host/agent/iam/iam_session.h"
#include "src/otp.h"

struct device_pair {
    char first[FOB_CODE_MAX + 1];
    char second[FOB_CODE_MAX + 1];
};

/* A pair for a person to type, another one than that whose second step is
 * *last (0: there was none), which is set anew; it is waited for.  Not entered
 * in the ledger: the device may not be known yet.  To be wiped. */
FOB_MUST_CHECK enum fob_status
device_pair_show(struct iam_session *client,
                 const struct fob_vault_account *account, uint64_t *last,
                 struct device_pair *pair);

/* Enter the pair whose second step is `last` in the ledger of the device that
 * `account` turned out to be. */
FOB_MUST_CHECK enum fob_status
device_pair_note(struct iam_session *client,
                 const struct fob_vault_account *account, uint64_t last);

/* The codes of T-1 and T on IAM's time, entered in the device's ledger as
 * used, so that the session after them takes a fresh one.  With `unused`,
 * which AWS wants of a device that had a pair before, it is waited until both
 * are.  To be wiped. */
FOB_MUST_CHECK enum fob_status
device_pair_take(struct iam_session *client,
                 const struct fob_vault_account *account, bool unused,
                 struct device_pair *pair);

#endif
