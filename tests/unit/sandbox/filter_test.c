/* SPDX-License-Identifier: MIT */
/* The helpers' filters, on x86-64 and on aarch64: what each system call comes
 * to, by the filter's own BPF.  Both are looked at wherever this is built. */
#include "host/flash/sandbox.h"
#include "host/net/sandbox_calls.h"
#include "host/qr/sandbox.h"

#include "tests/lib/bpf.h"
#include "tests/lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <linux/usbdevice_fs.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>

enum {
    NUMBERS = 1024, /* more than there are */
    MPTCP = 262,
    SCTP = 132,
    THREAD = 0x3d0f00, /* glibc's flags for a thread */
};

static const struct arch {
    const char *name;
    uint32_t token;
    uint32_t audit;
} arches[] = {
    {"x86-64", SCMP_ARCH_X86_64, AUDIT_ARCH_X86_64},
    {"aarch64", SCMP_ARCH_AARCH64, AUDIT_ARCH_AARCH64},
};

/* What any filter may let pass, for some arguments. */
#define BASIC                                                                  \
    " exit exit_group rt_sigreturn brk munmap mremap madvise mlock2 munlock "  \
    "mmap mprotect sysinfo futex clock_gettime gettimeofday "                  \
    "sched_yield getpid sigaltstack "
#define THREADS                                                                \
    " clone set_robust_list rseq gettid sched_getaffinity rt_sigprocmask "     \
    "rt_sigaction restart_syscall getrandom uname getuid geteuid getgid "      \
    "getegid clock_getres clock_nanosleep nanosleep prlimit64 "

static const struct policy {
    const char *name;
    const struct fob_filter *filter;
    const char *may;
} policies[] = {
    {"fob-qr", &qr_sandbox.filter, BASIC "read write "},
    {"fob-net", &net_client_filter,
     BASIC THREADS
     "socket socketpair connect shutdown getsockname getpeername setsockopt "
     "getsockopt sendto sendmsg sendmmsg recvfrom recvmsg read readv write "
     "writev close lseek poll ppoll select pselect6 pipe2 eventfd2 fcntl ioctl "
     "open openat stat fstat newfstatat statx "},
    {"fob-net --serve", &net_server_filter,
     BASIC "read poll ppoll accept4 recvfrom sendto shutdown close "
           "restart_syscall "},
    {"fob-flash", &flash_sandbox.filter,
     BASIC THREADS
     "socket bind setsockopt getsockopt getsockname recvmsg open openat "
     "getdents64 readlink readlinkat access faccessat faccessat2 stat lstat "
     "fstat newfstatat statx statfs fstatfs read pread64 write close lseek "
     "poll ppoll pipe2 eventfd2 timerfd_create timerfd_settime fcntl ioctl "
     "prctl sendto recvfrom "},
};

enum { QR, NET, SERVE, FLASH };

#define KILLED SECCOMP_RET_KILL_PROCESS
#define ALLOWED SECCOMP_RET_ALLOW
#define FAILS(fault) (SECCOMP_RET_ERRNO | (fault))
#define JUNK                                                                   \
    0xdeadbeef00000000 /* above an int, where the kernel looks away            \
                        */

static const struct row {
    int policy;
    const char *call;
    uint64_t arguments[6];
    uint32_t action;
} rows[] = {
    /* other processes' sockets */
    {NET, "socket", {AF_UNIX, SOCK_STREAM}, FAILS(EAFNOSUPPORT)},
    {NET, "socket", {AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC}, FAILS(EAFNOSUPPORT)},
    {NET, "socket", {JUNK | AF_UNIX, SOCK_STREAM}, FAILS(EAFNOSUPPORT)},
    {NET, "socket", {AF_NETLINK, SOCK_RAW}, FAILS(EAFNOSUPPORT)},
    {NET, "socket", {AF_PACKET, SOCK_DGRAM}, FAILS(ENOSYS)},
    {NET, "socket", {AF_VSOCK, SOCK_STREAM}, FAILS(ENOSYS)},
    {NET, "socket", {AF_ALG, SOCK_STREAM}, FAILS(ENOSYS)},
    {NET, "socketpair", {AF_UNIX, SOCK_STREAM}, ALLOWED},
    {NET, "socketpair", {AF_UNIX, SOCK_DGRAM}, FAILS(ENOSYS)},
    {NET, "socketpair", {AF_UNIX, SOCK_SEQPACKET}, FAILS(ENOSYS)},
    {FLASH, "socket", {AF_UNIX, SOCK_STREAM}, FAILS(EAFNOSUPPORT)},
    {FLASH, "socketpair", {AF_UNIX, SOCK_STREAM}, FAILS(ENOSYS)},
    {SERVE, "socket", {AF_UNIX, SOCK_STREAM}, KILLED},
    {SERVE, "socketpair", {AF_UNIX, SOCK_STREAM}, KILLED},
    {QR, "socket", {AF_UNIX, SOCK_STREAM}, KILLED},
    /* the network */
    {NET, "socket", {AF_INET, SOCK_STREAM}, ALLOWED},
    {NET, "socket", {AF_INET6, SOCK_STREAM, IPPROTO_TCP}, ALLOWED},
    {NET,
     "socket",
     {AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK},
     ALLOWED},
    {NET,
     "socket",
     {JUNK | AF_INET6, JUNK | SOCK_DGRAM, JUNK | IPPROTO_UDP},
     ALLOWED},
    {NET, "socket", {AF_INET, SOCK_RAW, IPPROTO_ICMP}, FAILS(ENOSYS)},
    {NET, "socket", {AF_INET, SOCK_DGRAM, IPPROTO_ICMP}, FAILS(ENOSYS)},
    {NET, "socket", {AF_INET, SOCK_STREAM, MPTCP}, FAILS(ENOSYS)},
    {NET, "socket", {AF_INET6, SOCK_STREAM, SCTP}, FAILS(ENOSYS)},
    {NET, "socket", {AF_INET, SOCK_SEQPACKET}, FAILS(ENOSYS)},
    {NET, "connect", {5}, ALLOWED},
    {NET, "bind", {5}, FAILS(ENOSYS)},
    {NET, "listen", {5}, FAILS(ENOSYS)},
    {NET, "accept4", {5}, FAILS(ENOSYS)},
    {NET, "sendto", {5, 0, 0, MSG_NOSIGNAL}, ALLOWED},
    {NET, "sendto", {5, 0, 0, MSG_FASTOPEN, 1, 16}, FAILS(ENOSYS)},
    {NET, "sendmsg", {5, 0, JUNK | MSG_FASTOPEN}, FAILS(ENOSYS)},
    {NET, "sendmmsg", {5, 0, 2, MSG_FASTOPEN}, FAILS(ENOSYS)},
    {NET, "setsockopt", {5, IPPROTO_TCP, 1}, ALLOWED},
    {NET, "setsockopt", {5, SOL_NETLINK, 1}, FAILS(ENOSYS)},
    {FLASH, "socket", {AF_INET, SOCK_STREAM}, FAILS(ENOSYS)},
    {FLASH, "socket", {AF_INET6, SOCK_DGRAM}, FAILS(ENOSYS)},
    {FLASH,
     "socket",
     {AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT},
     ALLOWED},
    {FLASH, "socket", {AF_NETLINK, SOCK_RAW, NETLINK_ROUTE}, FAILS(ENOSYS)},
    {FLASH, "socket", {AF_NETLINK, SOCK_RAW, NETLINK_AUDIT}, FAILS(ENOSYS)},
    {FLASH, "connect", {5}, FAILS(ENOSYS)},
    {FLASH, "sendto", {5}, FAILS(ENOSYS)},
    {FLASH, "sendto", {1, 1, 9, MSG_NOSIGNAL}, ALLOWED},
    {FLASH, "sendto", {1, 1, 9, 0, 0x7ffd00001000, 16}, FAILS(ENOSYS)},
    {FLASH, "sendmsg", {5}, FAILS(ENOSYS)},
    /* the endpoint: who called, and nobody else */
    {SERVE, "accept4", {3, 0, 0, SOCK_CLOEXEC}, ALLOWED},
    {SERVE, "accept4", {0}, KILLED},
    {SERVE, "sendto", {7, 1, 9, MSG_NOSIGNAL | MSG_DONTWAIT}, ALLOWED},
    {SERVE, "sendto", {7, 1, 9, 0, 0x7ffd00001000, 16}, KILLED},
    {SERVE, "sendto", {7, 1, 9, MSG_FASTOPEN}, KILLED},
    {SERVE, "connect", {7}, KILLED},
    {SERVE, "sendmsg", {7}, KILLED},
    {SERVE, "listen", {7}, KILLED},
    {SERVE, "setsockopt", {7, SOL_SOCKET}, KILLED},
    {SERVE, "read", {0}, ALLOWED},
    {SERVE, "read", {4}, KILLED},
    {SERVE, "write", {1}, KILLED},
    {SERVE, "openat", {0}, KILLED},
    {SERVE, "clone", {THREAD}, KILLED},
    /* programs, processes, signals */
    {NET, "execve", {0}, KILLED},
    {NET, "execveat", {0}, KILLED},
    {FLASH, "execve", {0}, KILLED},
    {NET, "clone", {THREAD}, ALLOWED},
    {NET, "clone", {SIGCHLD}, FAILS(ENOSYS)},
    {NET, "clone", {CLONE_VM | CLONE_VFORK | SIGCHLD}, FAILS(ENOSYS)},
    {NET, "clone3", {0}, FAILS(ENOSYS)},
    {FLASH, "clone", {SIGCHLD}, FAILS(ENOSYS)},
    {FLASH, "clone3", {0}, FAILS(ENOSYS)},
    {NET, "ptrace", {0}, KILLED},
    {NET, "process_vm_readv", {1}, KILLED},
    {FLASH, "process_vm_writev", {1}, KILLED},
    {NET, "kill", {1}, KILLED},
    {NET, "tgkill", {1, 1, SIGTERM}, FAILS(ENOSYS)},
    {FLASH, "kill", {1}, KILLED},
    {NET, "pidfd_open", {1}, FAILS(ENOSYS)},
    {NET, "pidfd_getfd", {1}, KILLED},
    {NET, "fcntl", {5, F_GETFL}, ALLOWED},
    {NET, "fcntl", {5, F_SETOWN, 1}, FAILS(ENOSYS)},
    {NET, "fcntl", {5, F_SETOWN_EX, 1}, FAILS(ENOSYS)},
    {NET, "fcntl", {5, F_SETSIG, 9}, FAILS(ENOSYS)},
    {FLASH, "fcntl", {5, F_SETOWN, 1}, FAILS(ENOSYS)},
    {NET, "ioctl", {5, FIONREAD}, ALLOWED},
    {NET, "ioctl", {5, SIOCSPGRP}, FAILS(ENOSYS)},
    {NET, "ioctl", {5, FIOSETOWN}, FAILS(ENOSYS)},
    {NET, "ioctl", {5, TIOCSTI}, FAILS(ENOSYS)},
    {NET, "prlimit64", {0, 7, 0, 1}, ALLOWED},
    {NET, "prlimit64", {1, 7, 0, 1}, FAILS(ENOSYS)},
    {NET, "prlimit64", {0, 7, 1, 0}, FAILS(ENOSYS)},
    {NET, "prctl", {PR_SET_DUMPABLE, 1}, FAILS(ENOSYS)},
    {FLASH, "prctl", {PR_SET_NAME}, ALLOWED},
    {FLASH, "prctl", {PR_SET_DUMPABLE, 1}, FAILS(ENOSYS)},
    /* files, memory, the kernel */
    {NET, "openat", {0, 0, O_RDONLY | O_CLOEXEC}, ALLOWED},
    {NET, "openat", {0, 0, O_WRONLY}, FAILS(ENOSYS)},
    {NET, "openat", {0, 0, O_RDONLY | O_CREAT}, FAILS(ENOSYS)},
    {NET, "openat", {0, 0, O_RDONLY | O_TRUNC}, FAILS(ENOSYS)},
    {NET, "openat2", {0}, FAILS(ENOSYS)},
    {NET, "unlinkat", {0}, FAILS(ENOSYS)},
    {NET, "renameat2", {0}, FAILS(ENOSYS)},
    {FLASH, "openat", {0, 0, O_RDWR | O_CLOEXEC}, ALLOWED},
    {FLASH, "openat", {0, 0, O_RDWR | O_CREAT}, FAILS(ENOSYS)},
    {FLASH, "ioctl", {5, USBDEVFS_SUBMITURB}, ALLOWED},
    {FLASH, "ioctl", {5, USBDEVFS_RESET}, FAILS(ENOSYS)},
    {FLASH, "ioctl", {5, USBDEVFS_IOCTL}, FAILS(ENOSYS)},
    {FLASH, "ioctl", {5, USBDEVFS_DISCSIGNAL}, FAILS(ENOSYS)},
    {FLASH, "ioctl", {5, TIOCSTI}, FAILS(ENOSYS)},
    {NET, "mmap", {0, 1, 3}, ALLOWED},
    {NET, "mmap", {0, 1, 5}, FAILS(ENOSYS)},
    {NET, "mprotect", {0, 1, 4}, FAILS(ENOSYS)},
    {FLASH, "mmap", {0, 1, 5}, FAILS(ENOSYS)},
    {QR, "mprotect", {0, 1, 4}, KILLED},
    {NET, "io_uring_setup", {0}, FAILS(ENOSYS)},
    {FLASH, "io_uring_setup", {0}, FAILS(ENOSYS)},
    {NET, "bpf", {0}, KILLED},
    {NET, "keyctl", {0}, KILLED},
    {NET, "unshare", {0}, KILLED},
};

static struct bpf filters[sizeof(policies) / sizeof(policies[0])];

static bool make_filters(const struct arch *arch)
{
    for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
        const struct fob_filter *filter = policies[i].filter;
        scmp_filter_ctx made = seccomp_init(filter_otherwise(filter));
        bool good = made != NULL;

        if (good && arch->token != seccomp_arch_native())
            good = seccomp_arch_add(made, arch->token) == 0 &&
                   seccomp_arch_remove(made, seccomp_arch_native()) == 0;
        good = good && filter_add_rules(made, filter);
        if (good)
            bpf_take(&filters[i], made);
        seccomp_release(made);
        if (!good)
            return false;
    }
    return true;
}

static uint32_t outcome(const struct arch *arch, int policy, int number,
                        const uint64_t arguments[6])
{
    struct seccomp_data call = {.nr = number, .arch = arch->audit};

    for (int i = 0; i < 6; i++)
        call.args[i] = arguments[i];
    return bpf_run(&filters[policy], &call);
}

static void test_rows(const struct arch *arch)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        int number = seccomp_syscall_resolve_name_arch(arch->token, row->call);
        uint32_t action = outcome(arch, row->policy, number, row->arguments);

        tap_ok(number >= 0 && action == row->action,
               "%s, %s: %s(%#llx, %#llx, %#llx, ...) comes to %#x", arch->name,
               policies[row->policy].name, row->call,
               (unsigned long long)row->arguments[0],
               (unsigned long long)row->arguments[1],
               (unsigned long long)row->arguments[2], action);
    }
}

static bool has_word(const char *list, const char *name)
{
    char word[64];

    snprintf(word, sizeof(word), " %s ", name);
    return strstr(list, word) != NULL;
}

/* Whatever the arguments are: every number that there is, and that there is
 * not. */
static void test_others(const struct arch *arch, int policy)
{
    static const uint64_t arguments[][6] = {
        {0},
        {1, 1, 1, 1, 1, 1},
        {2, 2, 2, 2, 2, 2},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
         UINT64_MAX},
    };
    int wrong = 0;

    for (int number = 0; number < NUMBERS; number++) {
        char *name = seccomp_syscall_resolve_num_arch(arch->token, number);

        if (name == NULL || !has_word(policies[policy].may, name))
            for (size_t i = 0; i < sizeof(arguments) / sizeof(*arguments); i++)
                wrong += outcome(arch, policy, number, arguments[i]) ==
                         SECCOMP_RET_ALLOW;
        free(name);
    }
    tap_ok(wrong == 0, "%s, %s: no other call is made: %d", arch->name,
           policies[policy].name, wrong);
}

static void test_other_abis(const struct arch *arch, int policy)
{
    static const uint64_t none[6] = {0};
    const struct arch i386 = {"i386", SCMP_ARCH_X86, AUDIT_ARCH_I386};
    const struct arch arm = {"arm", SCMP_ARCH_ARM, AUDIT_ARCH_ARM};

    tap_ok(outcome(&i386, policy, 1, none) == KILLED &&
               outcome(&arm, policy, 1, none) == KILLED,
           "%s, %s: a call of a 32-bit ABI ends it", arch->name,
           policies[policy].name);
    if (arch->token == SCMP_ARCH_X86_64)
        tap_ok(outcome(arch, policy, 0x40000000, none) == KILLED,
               "%s, %s: so does one of x32", arch->name, policies[policy].name);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(arches) / sizeof(arches[0]); i++) {
        tap_ok(make_filters(&arches[i]), "%s: the filters are made",
               arches[i].name);
        test_rows(&arches[i]);
        for (int policy = QR; policy <= FLASH; policy++) {
            test_others(&arches[i], policy);
            test_other_abis(&arches[i], policy);
        }
    }
    return tap_done();
}
