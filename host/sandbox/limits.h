/* SPDX-License-Identifier: MIT */
/* Bounds on what one process may use up. */
#ifndef FOB_HOST_SANDBOX_LIMITS_H
#define FOB_HOST_SANDBOX_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

struct fob_limit {
    unsigned resource; /* RLIMIT_... */
    rlim_t most;
};

/* Lower each limit for good to `most`, or leave it where it is lower.  False
 * when one cannot be set: the process must not go on. */
__attribute__((warn_unused_result)) bool
fob_limits_set(const struct fob_limit *limits, size_t count);

#endif
