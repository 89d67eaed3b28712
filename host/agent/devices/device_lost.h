/* SPDX-License-Identifier: MIT */
/* An mfa_serial whose seed is nowhere that fob could look. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_LOST_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_LOST_H

#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"

/* What is with the profile's device. */
enum device_loss {
    DEVICE_LOSS_NONE, /* the zero state: there are codes of it, or may be */
    DEVICE_LOSS_GONE, /* no seed, and AWS does not know it as the user's */
    DEVICE_LOSS_SEED, /* no seed, and it is the user's, or may be */
};

/* Look in the vault, at the profile and, only when there is no seed, at AWS.
 * The error is set. */
FOB_MUST_CHECK enum fob_status device_lost_find(struct iam_session *client,
                                                enum device_loss *loss);

/* FOB_E_NOT_FOUND with the error set, and each way out told. */
enum fob_status device_lost_tell(struct iam_session *client);

/* Every profile that still names `lost` is to name entry->created. */
FOB_MUST_CHECK enum fob_status
device_lost_rename(struct iam_session *client,
                   const struct journal_entry *entry, const char *lost);

#endif
