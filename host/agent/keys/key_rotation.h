/* SPDX-License-Identifier: MIT */
/* A user's long-term access key replaced by a new one.  Until the new one is
 * proven it stands in the vault beside the old one, under a name that no
 * profile has. */
#ifndef FOB_HOST_AGENT_KEYS_KEY_ROTATION_H
#define FOB_HOST_AGENT_KEYS_KEY_ROTATION_H

#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"

/* Do what the journal's entry says, from its beginning: create, store, prove,
 * put in the old one's place, deactivate and delete the old one. */
FOB_MUST_CHECK enum fob_status key_rotation_run(struct iam_session *client,
                                                struct journal *journal);

/* The same for an entry that an earlier run began, from wherever it stopped.
 * A new key whose secret never got here is deleted, and *undone set. */
FOB_MUST_CHECK enum fob_status key_rotation_resume(struct iam_session *client,
                                                   struct journal *journal,
                                                   bool *undone);

#endif
