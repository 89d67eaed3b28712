/* SPDX-License-Identifier: MIT */
/* libc has no wrappers; linux/landlock.h of the build machine may be older
 * than the kernel that runs, so the masks are written out. */
#include "host/sandbox/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    RULE_NET_PORT = 2,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_FOLDER = 1 << 3,
    IOCTL_DEVICE = 1 << 15,
    CONNECT_TCP = 1 << 1,
};

/* struct landlock_ruleset_attr as of version 6. */
struct landlock_rights {
    uint64_t files;
    uint64_t net;
    uint64_t scopes;
};

/* struct landlock_net_port_attr, version 4. */
struct landlock_port {
    uint64_t rights;
    uint64_t port;
};

/* All that each version can deny. */
static const struct landlock_rights landlock_all[] = {
    {.files = 0x1fff},                        /* 1: Linux 5.13 */
    {.files = 0x3fff},                        /* 2: link and rename */
    {.files = 0x7fff},                        /* 3: truncate */
    {.files = 0x7fff, .net = 3},              /* 4: bind and connect */
    {.files = 0xffff, .net = 3},              /* 5: ioctl on devices */
    {.files = 0xffff, .net = 3, .scopes = 3}, /* 6: sockets, signals */
};

/* Older kernels than Linux 5.13 do not know the call, others have it turned
 * off, and a container's filter refuses calls with whatever it likes. */
int fob_landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
                           LANDLOCK_CREATE_RULESET_VERSION);

    return version > 0 ? (int)version : 0;
}

static const struct landlock_rights *find_rights(int version)
{
    int known = sizeof(landlock_all) / sizeof(*landlock_all);

    return &landlock_all[(version < known ? version : known) - 1];
}

static uint64_t rights_to(const struct fob_landlock_path *kept, bool is_folder)
{
    uint64_t rights = READ_FILE;

    if (is_folder)
        rights |= READ_FOLDER;
    if (kept->is_device)
        rights |= WRITE_FILE | IOCTL_DEVICE;
    return rights;
}

static bool keep_path(int ruleset, const struct landlock_rights *all,
                      const struct fob_landlock_path *kept)
{
    struct landlock_path_beneath_attr rule = {
        .parent_fd = open(kept->path, O_PATH | O_CLOEXEC)};
    struct stat what;
    bool good;

    if (rule.parent_fd < 0)
        return true;
    good = fstat(rule.parent_fd, &what) == 0;
    if (good) {
        rule.allowed_access =
            rights_to(kept, S_ISDIR(what.st_mode)) & all->files;
        good = syscall(SYS_landlock_add_rule, ruleset,
                       LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    }
    (void)close(rule.parent_fd);
    return good;
}

static bool keep_port(int ruleset, uint16_t port)
{
    const struct landlock_port rule = {CONNECT_TCP, port};

    return syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0) ==
           0;
}

static bool keep_all(int ruleset, const struct landlock_rights *all,
                     const struct fob_landlock *left)
{
    bool good = true;

    for (size_t i = 0; good && i < left->path_count; i++)
        good = keep_path(ruleset, all, &left->paths[i]);
    for (size_t i = 0; good && all->net != 0 && i < left->port_count; i++)
        good = keep_port(ruleset, left->ports[i]);
    return good;
}

enum fob_status fob_landlock_restrict(const struct fob_landlock *left)
{
    int version = fob_landlock_version();
    const struct landlock_rights *all;
    int ruleset;
    bool good;

    if (version == 0)
        return FOB_E_UNSUPPORTED;
    all = find_rights(version);
    /* Older kernels take a longer structure whose rest is zero. */
    ruleset = (int)syscall(SYS_landlock_create_ruleset, all, sizeof(*all), 0);
    if (ruleset < 0)
        return FOB_E_FAILED;
    good = keep_all(ruleset, all, left) &&
           syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    (void)close(ruleset);
    return good ? FOB_OK : FOB_E_FAILED;
}
