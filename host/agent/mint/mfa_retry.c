/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/mfa_retry.h"

#include <stdlib.h>

/* A clock that moved by so much makes a code of another step. */
enum { CLOCK_MOVED_S = 15 };

static bool may_set_clock(const struct mfa_attempt *attempt,
                          const struct mfa_retry_budget *budget)
{
    return llabs(attempt->moved_s) >= CLOCK_MOVED_S && !budget->has_set_clock;
}

enum mfa_retry mfa_retry_decide(const struct mfa_attempt *attempt,
                                struct mfa_retry_budget *budget)
{
    bool is_code = attempt->refusal == FOB_REFUSAL_CODE;

    if (attempt->refusal == FOB_REFUSAL_LATER)
        return MFA_RETRY_LATER;
    if (!is_code && attempt->refusal != FOB_REFUSAL_CLOCK)
        return MFA_RETRY_NO;
    if (is_code && attempt->is_retypable)
        return MFA_RETRY_NOW;
    if (may_set_clock(attempt, budget)) {
        budget->has_set_clock = true;
        return MFA_RETRY_NOW;
    }
    if (is_code && attempt->is_outermost && !budget->has_left_outermost) {
        budget->has_left_outermost = true;
        return MFA_RETRY_NOW;
    }
    return MFA_RETRY_NO;
}
