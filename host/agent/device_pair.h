/* SPDX-License-Identifier: MIT */
/* The two consecutive codes that enable or resync a device. */
#ifndef FOB_DEVICE_PAIR_H
#define FOB_DEVICE_PAIR_H

#include "host/agent/iam_caller.h"
#include "src/otp.h"

struct device_pair {
    char first[FOB_CODE_MAX + 1];
    char second[FOB_CODE_MAX + 1];
};

/* The codes of T-1 and T on IAM's time, entered in the device's books as
 * used, so that the session after them takes a fresh one.  With `unused`,
 * which AWS wants of a device that had a pair before, it is waited until both
 * are.  To be wiped. */
FOB_MUST_CHECK enum fob_status
device_pair_take(struct iam_caller *caller,
                 const struct fob_vault_account *account, bool unused,
                 struct device_pair *pair);

#endif
