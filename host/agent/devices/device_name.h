/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_NAME_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_NAME_H

#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"

/* What a new device and its account are to be called; `account` "" for the
 * name that AWS's QR code would give it. */
struct device_name {
    const char *device;
    const char *account;
};

/* Fill in entry->created and entry->account; the latter stays "" when the vault
 * has the seed of that device.  FOB_E_USAGE or FOB_E_EXISTS, error set. */
FOB_MUST_CHECK enum fob_status device_name_find(struct iam_session *client,
                                                const struct device_name *name,
                                                struct journal_entry *entry);

/* A name for what follows the device `serial`, since AWS keeps the books of a
 * name: "alice" is followed by "alice-2", that by "alice-3".  FOB_E_TOO_LONG.
 */
FOB_MUST_CHECK enum fob_status device_name_next(const char *serial, char *name,
                                                size_t cap);

#endif
