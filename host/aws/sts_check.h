/* SPDX-License-Identifier: MIT */
/* Parameters against the service model's limits; for sts.c only. */
#ifndef FOB_HOST_AWS_STS_CHECK_H
#define FOB_HOST_AWS_STS_CHECK_H

#include "host/aws/sts.h"

/* All: FOB_OK, or FOB_E_USAGE error set. */

/* 0, or 900 to `max_s`. */
FOB_MUST_CHECK enum fob_status sts_check_duration(uint32_t duration_s,
                                                  uint32_t max_s,
                                                  struct fob_error *error);
FOB_MUST_CHECK enum fob_status
sts_check_federated_name(const char *name, struct fob_error *error);
/* A device that STS takes codes of, and a code; or neither. */
FOB_MUST_CHECK enum fob_status
sts_check_mfa(const char *serial, const char *code, struct fob_error *error);

#endif
