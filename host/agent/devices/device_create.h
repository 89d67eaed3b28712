/* SPDX-License-Identifier: MIT */
/* A new virtual device, from its creation to a session minted with it. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_CREATE_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_CREATE_H

#include "host/agent/devices/device_seed.h"
#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"

/* Make the device entry->created of entry->user: create it and store its seed,
 * unless the vault has it; enable it, unless it is; and, when it is the
 * caller's own, mint a session with it, which is kept.  May be called again
 * after any cut.  On a refusal what was made is taken back, and the entry is
 * finished; on any other fault it stays. */
FOB_MUST_CHECK enum fob_status
device_create(struct iam_session *client, struct journal *journal,
              const struct device_seed_location *location);

/* Take back what device_create did: delete the device at AWS, then its seed,
 * then the entry.  A device that is enabled, or whose seed was here before
 * (the entry has no account), is left alone. */
FOB_MUST_CHECK enum fob_status device_create_undo(struct iam_session *client,
                                                  struct journal *journal);

/* Delete the virtual device `serial`, which belongs to nobody.  FOB_OK too
 * when there is none; FOB_E_EXISTS, error set, when it is somebody's. */
FOB_MUST_CHECK enum fob_status device_create_discard(struct iam_session *client,
                                                     const char *serial);

#endif
