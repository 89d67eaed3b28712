/* SPDX-License-Identifier: MIT */
/* Changes of a user's devices, each begun by an entry in the journal. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_CHANGE_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_CHANGE_H

#include "host/agent/devices/device_seed.h"
#include "host/agent/iam/iam_session.h"
#include "host/agent/iam/journal.h"

/* A user's devices under their lock. */
struct device_change {
    struct iam_session client;
    struct journal journal;
    struct journal_entry settled; /* what an earlier run had begun and this
                                     one finished; of no kind when nothing */
    struct device_seed_location location; /* of a seed that is made */
};

/* Whose devices, and where the seed of one that is made goes. */
struct device_change_target {
    const char *profile; /* "": the caller's */
    const char *user;    /* NULL: the profile's */
    struct device_seed_location location;
    bool may_type; /* a person is asked for codes of a device of no seed */
    struct typed_code typed; /* given beforehand */
};

/* Open both for `target`, and finish or undo what an earlier run left.  To be
 * closed on every path. */
FOB_MUST_CHECK enum fob_status
device_change_open(struct fob_request *request,
                   const struct device_change_target *target,
                   struct device_change *change);

/* The same, but with an enrolment that was left before it was finished turned
 * into the removal of its device. */
FOB_MUST_CHECK enum fob_status
device_change_open_undoing(struct fob_request *request,
                           const struct device_change_target *target,
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

/* The serial of `device`, a name or an ARN; with "" the profile's.
 * FOB_E_NOT_FOUND, with the error set, when the profile has none. */
FOB_MUST_CHECK enum fob_status
device_change_serial(const struct device_change *change, const char *device,
                     char serial[static FOB_ACCOUNT_ARN_MAX + 1]);

#endif
