/* SPDX-License-Identifier: MIT */
#include "host/net/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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

static int set_limit(__rlimit_resource_t which, rlim_t most)
{
    const struct rlimit both = {most, most};

    return setrlimit(which, &both);
}

/* libcurl, OpenSSL and the resolver all look into the environment: for
 * proxies, key logs, configuration.  What counts comes with the request. */
enum fob_status net_limits_set(enum net_life life)
{
    rlim_t now = count_mapped();

    if (clearenv() != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return FOB_E_FAILED;
    if (set_limit(RLIMIT_CORE, 0) != 0 || set_limit(RLIMIT_FSIZE, 0) != 0 ||
        set_limit(RLIMIT_NOFILE, FILES_MAX) != 0)
        return FOB_E_FAILED;
    if (life == NET_LIFE_SHORT && set_limit(RLIMIT_CPU, CPU_S_MAX) != 0)
        return FOB_E_FAILED;
    return now == 0 || set_limit(RLIMIT_AS, now + ROOM) == 0 ? FOB_OK
                                                             : FOB_E_FAILED;
}
