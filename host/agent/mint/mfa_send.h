/* SPDX-License-Identifier: MIT */
/* A code of an MFA device on its way to STS, once. */
#ifndef FOB_HOST_AGENT_MINT_MFA_SEND_H
#define FOB_HOST_AGENT_MINT_MFA_SEND_H

#include "host/agent/mint/mfa_call.h"
#include "host/agent/mint/mfa_retry.h"

/* How it went, beyond its status. */
struct mfa_sent {
    struct mfa_attempt attempt;
    bool maybe_sent; /* the code may have left this machine */
};

/* Sign the order of `call` with a code of the device `serial`, send it, and
 * fill call->made.  The error is set on a fault; a refusal is also in
 * sent->attempt. */
FOB_MUST_CHECK enum fob_status mfa_send(struct mfa_call *call,
                                        const char *serial, const char *code,
                                        struct mfa_sent *sent);

#endif
