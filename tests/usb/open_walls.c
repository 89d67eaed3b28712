/* SPDX-License-Identifier: MIT */
/*
 * Preloaded before umockdev's library: what a mocked USB bus is made of, files
 * below UMOCKDEV_DIR and sockets of the process that mocks it, is let through
 * the walls that fob-flash puts around itself.  All else stays shut.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

/* What umockdev-preload calls besides, for its ioctls. */
static const int mock_calls[] = {
    SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(recvfrom), SCMP_SYS(fcntl),
    SCMP_SYS(sendmsg), SCMP_SYS(ioctl),  SCMP_SYS(unlink),
};

int seccomp_rule_add_array(scmp_filter_ctx filter, uint32_t action, int call,
                           unsigned count, const struct scmp_arg_cmp *when)
{
    int (*real)(scmp_filter_ctx, uint32_t, int, unsigned,
                const struct scmp_arg_cmp *) = NULL;

    *(void **)&real = dlsym(RTLD_NEXT, "seccomp_rule_add_array");
    if (call == SCMP_SYS(socket) && action == SCMP_ACT_ERRNO(EAFNOSUPPORT))
        action = SCMP_ACT_ALLOW;
    return real(filter, action, call, count, when);
}

int seccomp_load(const scmp_filter_ctx filter)
{
    int (*real)(const scmp_filter_ctx) = NULL;

    *(void **)&real = dlsym(RTLD_NEXT, "seccomp_load");
    for (size_t i = 0; i < sizeof(mock_calls) / sizeof(mock_calls[0]); i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, mock_calls[i], 0) != 0)
            return -EINVAL;
    return real(filter);
}

/* The folder joins the rules before they hold. */
static void keep_mock(int ruleset, long (*real)(long, ...))
{
    const char *folder = getenv("UMOCKDEV_DIR");
    struct landlock_path_beneath_attr rule = {
        .allowed_access =
            LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
            LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_SOCK |
            LANDLOCK_ACCESS_FS_REMOVE_FILE,
        .parent_fd = folder != NULL ? open(folder, O_PATH | O_CLOEXEC) : -1};

    if (rule.parent_fd < 0 || real(SYS_landlock_add_rule, ruleset,
                                   LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
        abort();
    close(rule.parent_fd);
}

/* For the rules, and for umockdev it would be the opening of a device. */
int open(const char *path, int flags, ...)
{
    int (*real)(const char *, int, ...) = NULL;
    va_list list;
    mode_t mode;

    va_start(list, flags);
    mode = va_arg(list, mode_t);
    va_end(list);
    if ((flags & O_PATH) != 0)
        return (int)syscall(SYS_openat, AT_FDCWD, path, flags);
    *(void **)&real = dlsym(RTLD_NEXT, "open");
    return real(path, flags, mode);
}

long syscall(long number, ...)
{
    long (*real)(long, ...) = NULL;
    long arguments[6];
    va_list list;

    *(void **)&real = dlsym(RTLD_NEXT, "syscall");
    va_start(list, number);
    for (int i = 0; i < 6; i++)
        arguments[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_landlock_restrict_self)
        keep_mock((int)arguments[0], real);
    return real(number, arguments[0], arguments[1], arguments[2], arguments[3],
                arguments[4], arguments[5]);
}
