/* SPDX-License-Identifier: MIT */
/* A new device in the place of the profile's, as it is entered in the
 * journal. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_REPLACE_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_REPLACE_H

#include "host/agent/devices/device_change.h"
#include "host/agent/devices/device_name.h"

/* The old device and the new one, whose name follows the old one's when it is
 * ""; so may the account's be.  `verb` is for hints.  FOB_E_NOT_FOUND,
 * FOB_E_EXISTS; the error is set. */
FOB_MUST_CHECK enum fob_status
device_replace_plan(struct device_change *change,
                    const struct device_name *wanted, const char *verb,
                    struct journal_entry *entry);

/* From a device whose codes a person types, as one now does, to one of fob's.
 * The old one goes once the new one works, if that is wished (`is_forced`:
 * without asking); else it stays, and the profile names the new one.  What an
 * earlier run began and this one finished is not done again. */
FOB_MUST_CHECK enum fob_status
device_replace_phone(struct device_change *change,
                     const struct device_name *wanted, bool is_forced,
                     struct journal_entry *entry);

#endif
