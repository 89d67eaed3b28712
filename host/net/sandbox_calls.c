/* SPDX-License-Identifier: MIT */
/*
 * What libcurl, OpenSSL and glibc's resolver call for one exchange, and what
 * the endpoint's server does.  A conditional call that is not allowed fails, as
 * every other: see host/sandbox/filter.h.
 */
#include "host/net/sandbox_calls.h"

#include "host/net/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define INT UINT32_MAX /* all bits of an int */
#define SOCKET_TYPE (INT & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK))
#define WRITING (O_ACCMODE | O_CREAT | O_TRUNC)
#define SOCKET(family, type, protocol)                                         \
    {                                                                          \
        .number = SCMP_SYS(socket), .when = {                                  \
            {0, INT, family},                                                  \
            {1, SOCKET_TYPE, type},                                            \
            {2, INT, protocol}                                                 \
        }                                                                      \
    }
#define OPTION(call, level)                                                    \
    {                                                                          \
        .number = SCMP_SYS(call), .when = { {1, INT, level} }                  \
    }
#define CONTROL(call, command)                                                 \
    {                                                                          \
        .number = SCMP_SYS(call), .when = { {1, INT, command} }                \
    }

static const struct fob_filter_call net_client_calls[] = {
    /* sockets: TCP and UDP, and libcurl's own pair of ends, which cannot be
     * bound or sent elsewhere, as one for datagrams could */
    SOCKET(AF_INET, SOCK_STREAM, 0),
    SOCKET(AF_INET, SOCK_STREAM, IPPROTO_TCP),
    SOCKET(AF_INET, SOCK_DGRAM, 0),
    SOCKET(AF_INET, SOCK_DGRAM, IPPROTO_UDP),
    SOCKET(AF_INET6, SOCK_STREAM, 0),
    SOCKET(AF_INET6, SOCK_STREAM, IPPROTO_TCP),
    SOCKET(AF_INET6, SOCK_DGRAM, 0),
    SOCKET(AF_INET6, SOCK_DGRAM, IPPROTO_UDP),
    {.number = SCMP_SYS(socket),
     .fault = EAFNOSUPPORT,
     .when = {{0, INT, AF_UNIX}}},
    {.number = SCMP_SYS(socket),
     .fault = EAFNOSUPPORT,
     .when = {{0, INT, AF_NETLINK}}},
    {.number = SCMP_SYS(socketpair),
     .when = {{0, INT, AF_UNIX}, {1, SOCKET_TYPE, SOCK_STREAM}}},
    {.number = SCMP_SYS(connect)},
    {.number = SCMP_SYS(shutdown)},
    {.number = SCMP_SYS(getsockname)},
    {.number = SCMP_SYS(getpeername)},
    OPTION(setsockopt, SOL_SOCKET),
    OPTION(setsockopt, IPPROTO_IP),
    OPTION(setsockopt, IPPROTO_IPV6),
    OPTION(setsockopt, IPPROTO_TCP),
    OPTION(getsockopt, SOL_SOCKET),
    OPTION(getsockopt, IPPROTO_IP),
    OPTION(getsockopt, IPPROTO_IPV6),
    OPTION(getsockopt, IPPROTO_TCP),
    /* MSG_FASTOPEN would connect where connect may not */
    {.number = SCMP_SYS(sendto), .when = {{3, MSG_FASTOPEN, 0}}},
    {.number = SCMP_SYS(sendmsg), .when = {{2, MSG_FASTOPEN, 0}}},
    {.number = SCMP_SYS(sendmmsg), .when = {{3, MSG_FASTOPEN, 0}}},
    {.number = SCMP_SYS(recvfrom)},
    {.number = SCMP_SYS(recvmsg)},
    /* descriptors; F_SETOWN would have signals sent */
    {.number = SCMP_SYS(read)},
    {.number = SCMP_SYS(readv)},
    {.number = SCMP_SYS(write)},
    {.number = SCMP_SYS(writev)},
    {.number = SCMP_SYS(close)},
    {.number = SCMP_SYS(lseek)},
    {.number = SCMP_SYS(poll)},
    {.number = SCMP_SYS(ppoll)},
    {.number = SCMP_SYS(select)},
    {.number = SCMP_SYS(pselect6)},
    {.number = SCMP_SYS(pipe2)},
    {.number = SCMP_SYS(eventfd2)},
    CONTROL(fcntl, F_GETFD),
    CONTROL(fcntl, F_SETFD),
    CONTROL(fcntl, F_GETFL),
    CONTROL(fcntl, F_SETFL),
    CONTROL(ioctl, FIONREAD),
    CONTROL(ioctl, FIONBIO),
    CONTROL(ioctl, SIOCGIFINDEX), /* nameserver fe80::1%eth0 */
    /* files, to read; which of them is Landlock's */
    {.number = SCMP_SYS(open), .when = {{1, WRITING, 0}}},
    {.number = SCMP_SYS(openat), .when = {{2, WRITING, 0}}},
    {.number = SCMP_SYS(stat)},
    {.number = SCMP_SYS(fstat)},
    {.number = SCMP_SYS(newfstatat)},
    {.number = SCMP_SYS(statx)},
    /* threads, but no process */
    {.number = SCMP_SYS(clone),
     .when = {{0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM}}},
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
    {.number = SCMP_SYS(uname)}, /* the resolver's own domain */
    {.number = SCMP_SYS(getuid)},
    {.number = SCMP_SYS(geteuid)},
    {.number = SCMP_SYS(getgid)},
    {.number = SCMP_SYS(getegid)},
    {.number = SCMP_SYS(clock_getres)},
    {.number = SCMP_SYS(clock_nanosleep)},
    {.number = SCMP_SYS(nanosleep)},
    {.number = SCMP_SYS(prlimit64), .when = {{0, INT, 0}, {2, UINT64_MAX, 0}}},
};

const struct fob_filter net_client_filter = {
    .calls = net_client_calls,
    .call_count = sizeof(net_client_calls) / sizeof(*net_client_calls),
};

/* To an address of its own choice a socket is not sent: without one only those
 * who called are reached. */
static const struct fob_filter_call net_server_calls[] = {
    {.number = SCMP_SYS(read), .when = {{0, INT, STDIN_FILENO}}},
    {.number = SCMP_SYS(poll)},
    {.number = SCMP_SYS(ppoll)},
    {.number = SCMP_SYS(accept4), .when = {{0, INT, FEED_LISTENER_FD}}},
    {.number = SCMP_SYS(recvfrom)},
    {.number = SCMP_SYS(sendto),
     .when = {{3, MSG_FASTOPEN, 0}, {4, UINT64_MAX, 0}}},
    {.number = SCMP_SYS(shutdown)},
    {.number = SCMP_SYS(close)},
    {.number = SCMP_SYS(restart_syscall)},
};

const struct fob_filter net_server_filter = {
    .calls = net_server_calls,
    .call_count = sizeof(net_server_calls) / sizeof(*net_server_calls),
    .ends = true,
};
