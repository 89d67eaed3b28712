/* SPDX-License-Identifier: MIT */
/* The Expiration that a credential_process prints. */
#ifndef FOB_HOST_AGENT_PROFILE_PRINTED_TIME_H
#define FOB_HOST_AGENT_PROFILE_PRINTED_TIME_H

#include "src/status.h"

#include <stdint.h>

/* ISO 8601 as botocore reads it: a date and a time in extended or basic
 * format, with "T", "t", spaces or (both basic) nothing between; seconds and
 * their fraction may be missing; "Z", "UTC", "GMT" or an offset.  FOB_E_SYNTAX
 * for what is no time; FOB_E_TOO_SHORT for one without a zone, which could be
 * any. */
FOB_MUST_CHECK enum fob_status printed_time_parse(const char *text,
                                                  int64_t *unix_s);

#endif
