/* SPDX-License-Identifier: MIT */
/* The access keys of a user at IAM while one takes another's place. */
#ifndef FOB_HOST_AGENT_KEYS_KEY_CHANGE_H
#define FOB_HOST_AGENT_KEYS_KEY_CHANGE_H

#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"
#include "host/agent/profile/key_place.h"

enum { KEY_CHANGE_PAUSES = 8 };

/* Wait, for the `i`th time, until AWS may know the new key. */
FOB_MUST_CHECK enum fob_status key_change_pause(struct iam_session *client,
                                                size_t i);

/* Deactivate or delete the key `id`; one that is not there is no fault. */
FOB_MUST_CHECK enum fob_status key_change_ask(struct iam_session *client,
                                              enum fob_iam_action action,
                                              const struct journal_entry *entry,
                                              const char *id);

/* Delete what this entry may have made and nobody stored. */
FOB_MUST_CHECK enum fob_status
key_change_delete_orphan(struct iam_session *client,
                         const struct journal_entry *entry);

/* Of the profile whose key is replaced, whoever goes on with it. */
void key_change_place(const struct journal_entry *entry,
                      struct key_place *place);

#endif
