/* SPDX-License-Identifier: MIT */
#include "host/sandbox/limits.h"

static bool lower_limit(const struct fob_limit *limit)
{
    struct rlimit now;

    if (getrlimit(limit->resource, &now) != 0)
        return false;
    if (now.rlim_cur > limit->most)
        now.rlim_cur = limit->most;
    now.rlim_max = now.rlim_cur;
    return setrlimit(limit->resource, &now) == 0;
}

bool fob_limits_set(const struct fob_limit *limits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!lower_limit(&limits[i]))
            return false;
    return true;
}
