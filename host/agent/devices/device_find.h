/* SPDX-License-Identifier: MIT */
/* Which of AWS's devices an account of the vault is, whose seed came from the
 * console: its QR code says the device's name, and not where it is. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_FIND_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_FIND_H

#include "host/agent/iam/iam_session.h"

/* Fill in account->device, unless the caller did, once the device is enabled
 * for `user` as far as can be told.  AWS's list of the user's devices tells;
 * where it does not have the device yet, the person gets two codes for the
 * console's form; where AWS shows no list, the person is asked for the ARN.
 * A device whose ARN is known is enabled by fob where that is allowed.
 * FOB_E_NOT_FOUND, error set with the next command, when nobody can be asked.
 */
FOB_MUST_CHECK enum fob_status device_find(struct iam_session *client,
                                           const char *user,
                                           struct fob_vault_account *account);

#endif
