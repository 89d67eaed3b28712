/* SPDX-License-Identifier: MIT */
#include "host/flash/limits.h"

#include "host/sandbox/limits.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>

enum {
    CPU_S_MAX = 60,
    FILES_MAX = 64,
    STDOUT_MAX = 1 << 20, /* where it is a file */
};

/* libusb looks for LIBUSB_DEBUG.  A reader of our lines who leaves must not
 * leave a board half written. */
enum fob_status flash_limits_set(void)
{
    static const struct fob_limit limits[] = {
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, STDOUT_MAX},
        {RLIMIT_CPU, CPU_S_MAX},
        {RLIMIT_NOFILE, FILES_MAX},
    };

    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || unsetenv("LIBUSB_DEBUG") != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return FOB_E_FAILED;
    return fob_limits_set(limits, sizeof(limits) / sizeof(limits[0]))
               ? FOB_OK
               : FOB_E_FAILED;
}
