/* SPDX-License-Identifier: MIT */
/* Changes of a user's devices, each begun by an entry in the journal. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_CHANGE_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_CHANGE_H

#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"

/* A user's devices under their lock. */
struct device_change {
    struct iam_session caller;
    struct journal journal;
    struct journal_entry settled; /* what an earlier run had begun and this
                                     one finished; of no kind when nothing */
};

/* Open both for the profile of the request, its user or `user` (NULL), and
 * finish or undo what an earlier run left.  To be closed on every path. */
FOB_MUST_CHECK enum fob_status device_change_open(struct fob_request *request,
                                                  const char *user,
                                                  struct device_change *change);

/* The same, but with an enrolment that was left before it was finished turned
 * into the removal of its device. */
FOB_MUST_CHECK enum fob_status
device_change_open_undoing(struct fob_request *request,
                           struct device_change *change);
void device_change_close(struct device_change *change);

/* An entry for the user at hand and the profile's files. */
FOB_MUST_CHECK enum fob_status
device_change_start(const struct device_change *change, const char *user,
                    struct journal_entry *entry);

/* Put `entry` into the journal and do what it says, from whatever is done:
 * the new device is made and proven, the config changed, the old device
 * dropped, its seed removed. */
FOB_MUST_CHECK enum fob_status
device_change_do(struct device_change *change,
                 const struct journal_entry *entry);

/* The serial in the field DEVICE of the request, a name or an ARN, else the
 * profile's.  FOB_E_NOT_FOUND, worded, when there is neither. */
FOB_MUST_CHECK enum fob_status
device_change_serial(const struct device_change *change,
                     char serial[static FOB_ACCOUNT_ARN_MAX + 1]);

/* Fill in the reply: SERIAL, PROFILE and, if the vault has its seed, NAME and
 * USER. */
void device_change_answer(const struct device_change *change,
                          const char *serial);

#endif
