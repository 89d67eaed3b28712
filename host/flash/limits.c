/* SPDX-License-Identifier: MIT */
#include "host/flash/limits.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum {
    CPU_S_MAX = 60,
    FILES_MAX = 64,
    STDOUT_MAX = 1 << 20, /* where it is a file */
};

static int set_limit(__rlimit_resource_t which, rlim_t most)
{
    const struct rlimit both = {most, most};

    return setrlimit(which, &both);
}

/* libusb looks for LIBUSB_DEBUG.  A reader of our lines who leaves must not
 * leave a board half written. */
enum fob_status flash_limits_set(void)
{
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || unsetenv("LIBUSB_DEBUG") != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return FOB_E_FAILED;
    if (set_limit(RLIMIT_CORE, 0) != 0 ||
        set_limit(RLIMIT_FSIZE, STDOUT_MAX) != 0 ||
        set_limit(RLIMIT_CPU, CPU_S_MAX) != 0 ||
        set_limit(RLIMIT_NOFILE, FILES_MAX) != 0)
        return FOB_E_FAILED;
    return FOB_OK;
}
