/* SPDX-License-Identifier: MIT */
/* Devices as IAM lists them, page by page. */
#ifndef FOB_HOST_AGENT_IAM_DEVICE_LIST_H
#define FOB_HOST_AGENT_IAM_DEVICE_LIST_H

#include "host/agent/iam/iam_session.h"

/* Call `visit` for each until it returns false. */
struct device_list_visit {
    bool (*call)(void *context, const struct fob_iam_device *device);
    void *context;
};

/* Those of `user`. */
FOB_MUST_CHECK enum fob_status
device_list_of_user(struct iam_session *client, const char *user,
                    const struct device_list_visit *visit);

/* All virtual ones of the AWS account. */
FOB_MUST_CHECK enum fob_status
device_list_all(struct iam_session *client,
                const struct device_list_visit *visit);

/* Whether `user` has the device; where the user may not list, FOB_E_REFUSED
 * with the error set, and *has is false. */
FOB_MUST_CHECK enum fob_status device_list_has(struct iam_session *client,
                                               const char *user,
                                               const char *serial, bool *has);

#endif
