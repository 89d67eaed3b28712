/* SPDX-License-Identifier: MIT */
#include "host/cli/call/limits.h"

void limits_save(struct limits *limits)
{
    getrlimit(RLIMIT_CORE, &limits->core);
    getrlimit(RLIMIT_MEMLOCK, &limits->memlock);
}

void limits_restore(const struct limits *limits)
{
    setrlimit(RLIMIT_CORE, &limits->core);
    setrlimit(RLIMIT_MEMLOCK, &limits->memlock);
}
