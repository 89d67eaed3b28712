/* SPDX-License-Identifier: MIT */
/* What libusb, libudev and glibc call.  A conditional call that is not allowed
 * fails, as every other: see host/sandbox/filter.h. */
#include "host/flash/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/usbdevice_fs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define INT UINT32_MAX /* all bits of an int */
#define SOCKET_TYPE (INT & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK))
#define CONTROL(call, command)                                                 \
    {                                                                          \
        .number = SCMP_SYS(call), .when = { {1, INT, command} }                \
    }

static const struct fob_filter_call flash_calls[] = {
    /* devices: their interfaces, and transfers; no driver is touched */
    CONTROL(ioctl, USBDEVFS_GET_CAPABILITIES),
    CONTROL(ioctl, USBDEVFS_CLAIMINTERFACE),
    CONTROL(ioctl, USBDEVFS_RELEASEINTERFACE),
    CONTROL(ioctl, USBDEVFS_SUBMITURB),
    CONTROL(ioctl, USBDEVFS_DISCARDURB),
    CONTROL(ioctl, USBDEVFS_REAPURB),
    CONTROL(ioctl, USBDEVFS_REAPURBNDELAY),
    CONTROL(ioctl, USBDEVFS_CLEAR_HALT),
    /* the kernel's news of devices, and no other socket */
    {.number = SCMP_SYS(socket),
     .when = {{0, INT, AF_NETLINK},
              {1, SOCKET_TYPE, SOCK_RAW},
              {2, INT, NETLINK_KOBJECT_UEVENT}}},
    {.number = SCMP_SYS(socket),
     .fault = EAFNOSUPPORT,
     .when = {{0, INT, AF_UNIX}}},
    {.number = SCMP_SYS(bind)},
    {.number = SCMP_SYS(setsockopt)},
    {.number = SCMP_SYS(getsockopt)},
    {.number = SCMP_SYS(getsockname)},
    {.number = SCMP_SYS(recvfrom)},
    {.number = SCMP_SYS(recvmsg)},
    /* files; which of them is Landlock's */
    {.number = SCMP_SYS(open), .when = {{1, O_CREAT | O_TRUNC, 0}}},
    {.number = SCMP_SYS(openat), .when = {{2, O_CREAT | O_TRUNC, 0}}},
    {.number = SCMP_SYS(getdents64)},
    {.number = SCMP_SYS(readlink)},
    {.number = SCMP_SYS(readlinkat)},
    {.number = SCMP_SYS(access)},
    {.number = SCMP_SYS(faccessat)},
    {.number = SCMP_SYS(faccessat2)},
    {.number = SCMP_SYS(stat)},
    {.number = SCMP_SYS(lstat)},
    {.number = SCMP_SYS(fstat)},
    {.number = SCMP_SYS(newfstatat)},
    {.number = SCMP_SYS(statx)},
    {.number = SCMP_SYS(statfs)},
    {.number = SCMP_SYS(fstatfs)},
    /* descriptors; F_SETOWN would have signals sent */
    {.number = SCMP_SYS(read)},
    {.number = SCMP_SYS(pread64)},
    {.number = SCMP_SYS(write)},
    {.number = SCMP_SYS(sendto), /* stdout may be a socket */
     .when = {{0, INT, STDOUT_FILENO}, {4, UINT64_MAX, 0}}},
    {.number = SCMP_SYS(close)},
    {.number = SCMP_SYS(lseek)},
    {.number = SCMP_SYS(poll)},
    {.number = SCMP_SYS(ppoll)},
    {.number = SCMP_SYS(pipe2)},
    {.number = SCMP_SYS(eventfd2)},
    {.number = SCMP_SYS(timerfd_create)},
    {.number = SCMP_SYS(timerfd_settime)},
    CONTROL(fcntl, F_GETFD),
    CONTROL(fcntl, F_SETFD),
    CONTROL(fcntl, F_GETFL),
    CONTROL(fcntl, F_SETFL),
    CONTROL(fcntl, F_DUPFD_CLOEXEC),
    /* threads, but no process */
    {.number = SCMP_SYS(clone),
     .when = {{0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM}}},
    {.number = SCMP_SYS(prctl), .when = {{0, INT, PR_SET_NAME}}},
    {.number = SCMP_SYS(set_robust_list)},
    {.number = SCMP_SYS(rseq)},
    {.number = SCMP_SYS(gettid)},
    {.number = SCMP_SYS(getpid)},
    {.number = SCMP_SYS(sched_yield)},
    {.number = SCMP_SYS(sched_getaffinity)},
    {.number = SCMP_SYS(rt_sigprocmask)},
    {.number = SCMP_SYS(rt_sigaction)},
    {.number = SCMP_SYS(restart_syscall)},
    /* what is asked */
    {.number = SCMP_SYS(getrandom)},
    {.number = SCMP_SYS(uname)}, /* what this kernel's USB can do */
    {.number = SCMP_SYS(getuid)},
    {.number = SCMP_SYS(geteuid)},
    {.number = SCMP_SYS(getgid)},
    {.number = SCMP_SYS(getegid)},
    {.number = SCMP_SYS(clock_getres)},
    {.number = SCMP_SYS(clock_nanosleep)},
    {.number = SCMP_SYS(nanosleep)},
    {.number = SCMP_SYS(prlimit64), .when = {{0, INT, 0}, {2, UINT64_MAX, 0}}},
};

static const struct fob_landlock_path flash_paths[] = {
    {.path = "/dev/bus/usb", .is_device = true},
    {.path = "/sys/bus"},
    {.path = "/sys/class"},
    {.path = "/sys/dev"},
    {.path = "/sys/devices"},
    {.path = "/run/udev"},
    {.path = "/etc/udev/udev.conf"},
};

const struct fob_sandbox flash_sandbox = {
    .name = "USB",
    .left = {.paths = flash_paths,
             .path_count = sizeof(flash_paths) / sizeof(*flash_paths)},
    .filter = {.calls = flash_calls,
               .call_count = sizeof(flash_calls) / sizeof(*flash_calls)},
};
