/* SPDX-License-Identifier: MIT */
#include "host/qr/sandbox.h"

#include <unistd.h>

static const struct fob_limit qr_limits[] = {
#ifndef __SANITIZE_ADDRESS__ /* whose shadow memory spans terabytes */
    {RLIMIT_AS, 512 << 20},
#endif
    {RLIMIT_CPU, 10},         /* seconds */
    {RLIMIT_FSIZE, 16 << 20}, /* of a file that stdout may be */
    {RLIMIT_NOFILE, 0},       /* no further descriptor */
    {RLIMIT_NPROC, 0},        /* no further process */
    {RLIMIT_CORE, 0},         /* no picture of a seed on a disk */
};

static const struct fob_filter_call qr_calls[] = {
    {.number = SCMP_SYS(read), .when = {{0, UINT32_MAX, STDIN_FILENO}}},
    {.number = SCMP_SYS(write), .when = {{0, UINT32_MAX, STDOUT_FILENO}}},
    {.number = SCMP_SYS(write), .when = {{0, UINT32_MAX, STDERR_FILENO}}},
};

const struct fob_sandbox qr_sandbox = {
    .name = "image",
    .limits = qr_limits,
    .limit_count = sizeof(qr_limits) / sizeof(*qr_limits),
    .filter = {.calls = qr_calls,
               .call_count = sizeof(qr_calls) / sizeof(*qr_calls),
               .ends = true},
};
