/* SPDX-License-Identifier: MIT */
/* A call to STS with a code of whichever device of the user has one. */
#ifndef FOB_HOST_AGENT_MINT_MFA_DEVICES_H
#define FOB_HOST_AGENT_MINT_MFA_DEVICES_H

#include "host/agent/mint/mfa_call.h"

/* As mfa_call_make, with `device` or, when it has no code to give, with those
 * in the vault that may stand in for it; `used` is the serial of the one that
 * did.  *wait_s is of `device`. */
FOB_MUST_CHECK enum fob_status
mfa_devices_call(struct mfa_call *call, struct device *device,
                 char used[static FOB_ARN_MAX + 1], uint32_t *wait_s);

#endif
