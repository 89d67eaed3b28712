/* SPDX-License-Identifier: MIT */
/* Whether a call that was refused is made again with another code.  Each
 * reason counts so many times, so that the verifications of a window are not
 * spent on a refusal that stays.  Pure. */
#ifndef FOB_HOST_AGENT_MINT_MFA_RETRY_H
#define FOB_HOST_AGENT_MINT_MFA_RETRY_H

#include "host/aws/refusal.h"

#include <stdint.h>

/* How one attempt went. */
struct mfa_attempt {
    enum fob_refusal refusal;
    int64_t moved_s;   /* how far the endpoint's clock turned out to be off from
                          what was thought */
    bool is_outermost; /* the code was one of the outermost two */
    bool is_retypable; /* a person typed it, and may type another */
};

/* What was tried again already. */
struct mfa_retry_budget {
    bool has_set_clock;
    bool has_left_outermost;
};

enum mfa_retry { MFA_RETRY_NO, MFA_RETRY_NOW, MFA_RETRY_LATER };

/* MFA_RETRY_LATER: after a pause, as often as backoff.h grants one. */
enum mfa_retry mfa_retry_decide(const struct mfa_attempt *attempt,
                                struct mfa_retry_budget *budget);

#endif
