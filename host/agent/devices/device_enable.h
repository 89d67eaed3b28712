/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_ENABLE_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_ENABLE_H

#include "host/agent/iam/iam_session.h"

/* Enable the device that `account` is for `user`, with two codes of it.
 * FOB_OK too when it is enabled already; else *refusal says why AWS said
 * no. */
FOB_MUST_CHECK enum fob_status
device_enable(struct iam_session *client, const char *user,
              const struct fob_vault_account *account,
              enum fob_refusal *refusal);

#endif
