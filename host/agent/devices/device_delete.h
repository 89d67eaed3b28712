/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_DELETE_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_DELETE_H

#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"

/* Deactivate and delete the device entry->deleted of entry->user.  May be
 * called again after any cut: what is done already is passed over. */
FOB_MUST_CHECK enum fob_status device_delete(struct iam_session *client,
                                             const struct journal_entry *entry);

#endif
