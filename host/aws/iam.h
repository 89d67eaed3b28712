/* SPDX-License-Identifier: MIT */
/* Requests and replies of IAM 2010-05-08: MFA devices, access keys, users. */
#ifndef FOB_HOST_AWS_IAM_H
#define FOB_HOST_AWS_IAM_H

#include "host/aws/exchange.h"
#include "host/base/error.h"

enum fob_iam_action {
    FOB_IAM_CREATE_VIRTUAL_MFA_DEVICE,
    FOB_IAM_ENABLE_MFA_DEVICE,
    FOB_IAM_RESYNC_MFA_DEVICE,
    FOB_IAM_DEACTIVATE_MFA_DEVICE,
    FOB_IAM_DELETE_VIRTUAL_MFA_DEVICE,
    FOB_IAM_LIST_MFA_DEVICES,
    FOB_IAM_LIST_VIRTUAL_MFA_DEVICES,
    FOB_IAM_CREATE_ACCESS_KEY,
    FOB_IAM_UPDATE_ACCESS_KEY,
    FOB_IAM_DELETE_ACCESS_KEY,
    FOB_IAM_LIST_ACCESS_KEYS,
    FOB_IAM_GET_ACCESS_KEY_LAST_USED,
    FOB_IAM_ACTION_COUNT,
};

enum fob_iam_param {
    FOB_IAM_USER_NAME, /* left out: the caller itself, where IAM allows it */
    FOB_IAM_SERIAL_NUMBER,
    FOB_IAM_DEVICE_NAME,
    FOB_IAM_PATH,
    FOB_IAM_CODE_1, /* AuthenticationCode1 */
    FOB_IAM_CODE_2,
    FOB_IAM_ACCESS_KEY_ID,
    FOB_IAM_STATUS,            /* Active or Inactive */
    FOB_IAM_ASSIGNMENT_STATUS, /* Assigned, Unassigned or Any */
    FOB_IAM_MARKER,
    FOB_IAM_MAX_ITEMS,
    FOB_IAM_PARAM_COUNT,
};

struct fob_iam_params {
    const char *value[FOB_IAM_PARAM_COUNT]; /* NULL: not given */
};

/* The body of a POST in the empty `body`.  FOB_E_USAGE, error set, for a
 * parameter that is missing, not of this action, or that IAM would refuse;
 * `body` is then empty. */
FOB_MUST_CHECK enum fob_status
fob_iam_request(enum fob_iam_action action, const struct fob_iam_params *params,
                struct fob_secret *body, struct fob_error *error);

/* The action as IAM spells it, "EnableMFADevice". */
const char *fob_iam_action_name(enum fob_iam_action action);

/* A further page of a listing: the marker to ask with, or NULL. */
const char *fob_iam_marker(enum fob_iam_action action,
                           const struct fob_exchange_reply *reply);

/* Texts point into the reply, "" where there is none; times are unix times, 0
 * where there is none. */
struct fob_iam_device {
    const char *user_name;
    const char *serial;
    int64_t enabled_s;
};
struct fob_iam_key {
    const char *user_name;
    const char *access_key_id;
    const char *status;
    int64_t created_s;
};
struct fob_iam_last_used {
    const char *user_name;
    const char *service;
    const char *region;
    int64_t used_s; /* 0: never */
};

/* Device or key `index` of a listing; false when there is none. */
bool fob_iam_device_at(enum fob_iam_action action,
                       const struct fob_exchange_reply *reply, size_t index,
                       struct fob_iam_device *device);
bool fob_iam_key_at(const struct fob_exchange_reply *reply, size_t index,
                    struct fob_iam_key *key);

/* FOB_E_REPLY, error set, when the reply lacks what it must hold. */
FOB_MUST_CHECK enum fob_status
fob_iam_last_used_reply(const struct fob_exchange_reply *reply,
                        struct fob_iam_last_used *used,
                        struct fob_error *error);
/* A new device: its ARN, and its seed as base32 text in the empty `seed`. */
FOB_MUST_CHECK enum fob_status
fob_iam_new_device_reply(const struct fob_exchange_reply *reply,
                         const char **serial, struct fob_secret *seed,
                         struct fob_error *error);
/* A new access key, with its secret in the empty `secret`. */
FOB_MUST_CHECK enum fob_status
fob_iam_new_key_reply(const struct fob_exchange_reply *reply,
                      struct fob_iam_key *key, struct fob_secret *secret,
                      struct fob_error *error);

#endif
