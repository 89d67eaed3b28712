/* SPDX-License-Identifier: MIT */
#include "host/net/limits.h"

#include "host/sandbox/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

enum {
    CPU_S_MAX = 20,
    FILES_MAX = 64,
    ROOM = 256 << 20, /* bytes beyond what is mapped at the start */
};

/* Address space in use now: the first number of statm, in pages. */
static rlim_t count_mapped(void)
{
    FILE *statm = fopen("/proc/self/statm", "r");
    unsigned long pages = 0;

    if (statm == NULL)
        return 0;
    if (fscanf(statm, "%lu", &pages) != 1)
        pages = 0;
    fclose(statm);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* libcurl, OpenSSL and the resolver all look into the environment: for
 * proxies, key logs, configuration.  What counts comes with the request. */
enum fob_status net_limits_set(enum net_life life)
{
    rlim_t mapped = count_mapped();
    const struct fob_limit limits[] = {
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NOFILE, FILES_MAX},
        {RLIMIT_CPU, life == NET_LIFE_SHORT ? CPU_S_MAX : RLIM_INFINITY},
        {RLIMIT_AS, mapped != 0 ? mapped + ROOM : RLIM_INFINITY},
    };

    if (clearenv() != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        !fob_limits_set(limits, sizeof(limits) / sizeof(limits[0])))
        return FOB_E_FAILED;
    return FOB_OK;
}
