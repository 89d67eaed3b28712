/* SPDX-License-Identifier: MIT */
/* What the requests about MFA devices have in common: the fields they take
 * and the answer they give. */
#ifndef FOB_HOST_AGENT_SERVE_DEVICE_FIELDS_H
#define FOB_HOST_AGENT_SERVE_DEVICE_FIELDS_H

#include "host/agent/devices/device_change.h"
#include "host/agent/tokens/token.h"

/* PROFILE, TOKEN and FORCE, and DEVICE ("" where it is missing). */
struct device_fields {
    char profile[FOB_NAME_MAX + 1];
    char token[FOB_TOKEN_SERIAL_MAX + 1];
    char device[FOB_ACCOUNT_ARN_MAX + 1];
    struct device_change_target target; /* views of the above */
};

FOB_MUST_CHECK enum fob_status device_fields_read(struct fob_request *request,
                                                  struct device_fields *fields);

/* The code that came along; without one a person may be asked, where no seed
 * of the device that is needed is here. */
FOB_MUST_CHECK enum fob_status
device_fields_read_code(struct fob_request *request,
                        struct device_fields *fields);

/* Fill in the reply: SERIAL, PROFILE and, if the vault has its seed, NAME and
 * USER. */
void device_fields_answer(const struct device_change *change,
                          const char *serial);

#endif
