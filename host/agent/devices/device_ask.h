/* SPDX-License-Identifier: MIT */
/* What a person is asked about a device that the console makes. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_ASK_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_ASK_H

#include "host/agent/iam/iam_session.h"

/* Give the person two codes of `account` for the console's form, and wait
 * until it has taken them, or another pair is wanted.  *last: as
 * device_pair_show has it.  FOB_E_NOBODY, error set. */
FOB_MUST_CHECK enum fob_status
device_ask_to_type(struct iam_session *client,
                   const struct fob_vault_account *account, uint64_t *last);

/* The serial of the user's device that `account` is: a name or an ARN is
 * typed, or nothing for `guess` ("" for none).  FOB_E_NOBODY or FOB_E_USAGE,
 * error set. */
FOB_MUST_CHECK enum fob_status
device_ask_serial(struct iam_session *client,
                  const struct fob_vault_account *account, const char *guess,
                  char serial[static FOB_ACCOUNT_ARN_MAX + 1]);

/* Whether the profile is to name `serial` in place of what it has; no when
 * nobody can be asked. */
bool device_ask_exchange(struct iam_session *client, const char *serial);

/* A device of the user's by the name or ARN that a person gives it.
 * FOB_E_USAGE, error set, for one of another AWS account or that takes no
 * codes. */
FOB_MUST_CHECK enum fob_status
device_ask_read_serial(struct iam_session *client, const char *text,
                       char serial[static FOB_ACCOUNT_ARN_MAX + 1]);

#endif
