/* SPDX-License-Identifier: MIT */
/* mfa_serial in the AWS files. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_CONFIG_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_CONFIG_H

#include "host/agent/iam/journal.h"

/* What the entry asks of its files: the profile's mfa_serial set, and in
 * every profile that names the dropped device the new one put in its place,
 * or, without a new one, the key removed. */
FOB_MUST_CHECK enum fob_status
device_config_apply(const struct journal_entry *entry, struct fob_error *error);

#endif
