/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_VERIFY_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_VERIFY_H

#include "host/agent/iam/iam_session.h"

/* Mint a session with the device `serial`, which was enabled just now: STS
 * hears of it seconds later, and each try costs one of few verifications.
 * Its codes are those of `account`, a name, or NULL for the account that is
 * the device.  The session is kept.  FOB_E_REFUSED, error set, when STS still
 * does not know the device after a minute. */
FOB_MUST_CHECK enum fob_status device_verify(struct iam_session *client,
                                             const char *serial,
                                             const char *account);

#endif
