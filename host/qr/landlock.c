/* SPDX-License-Identifier: MIT */
/* libc has no wrappers; linux/landlock.h of the build machine may be older
 * than the kernel that runs, so the masks are written out. */
#include "host/qr/landlock.h"

#include <errno.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct landlock_ruleset_attr as of ABI 6. */
struct landlock_rights {
    uint64_t files;
    uint64_t net;
    uint64_t scopes;
};

/* All that each version of the ABI can handle. */
static const struct landlock_rights landlock_all[] = {
    {.files = 0x1fff},                        /* 1: Linux 5.13 */
    {.files = 0x3fff},                        /* 2: link and rename */
    {.files = 0x7fff},                        /* 3: truncate */
    {.files = 0x7fff, .net = 3},              /* 4: bind and connect */
    {.files = 0xffff, .net = 3},              /* 5: ioctl on devices */
    {.files = 0xffff, .net = 3, .scopes = 3}, /* 6: sockets, signals */
};

static long landlock_ruleset(void)
{
    long versions = sizeof(landlock_all) / sizeof(*landlock_all);
    long abi = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
                       LANDLOCK_CREATE_RULESET_VERSION);

    if (abi <= 0)
        return -1;
    if (abi > versions)
        abi = versions;
    /* Older kernels take a longer structure whose rest is zero. */
    return syscall(SYS_landlock_create_ruleset, &landlock_all[abi - 1],
                   sizeof(*landlock_all), 0);
}

enum fob_status fob_landlock_deny_all(void)
{
    long ruleset = landlock_ruleset();
    long result;

    if (ruleset < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP ? FOB_E_UNSUPPORTED
                                                      : FOB_E_FAILED;
    result = syscall(SYS_landlock_restrict_self, (int)ruleset, 0);
    (void)close((int)ruleset);
    return result == 0 ? FOB_OK : FOB_E_FAILED;
}
