/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_ADOPT_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_ADOPT_H

#include "host/agent/iam/iam_session.h"

/* Take over a device that was made in the console, whose seed is the account
 * `name` of the vault: found (device_find.h), proven by a session when it is
 * the caller's own, and only then bound.  `wanted` is its name or ARN if that
 * is known, else "".  Nothing at AWS is made by it, so a run that is cut is
 * simply done again.  The ARN into `serial`. */
FOB_MUST_CHECK enum fob_status
device_adopt(struct iam_session *client, const char *user, const char *name,
             const char *wanted, char serial[static FOB_ACCOUNT_ARN_MAX + 1]);

#endif
