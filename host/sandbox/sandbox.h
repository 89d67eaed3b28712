/* SPDX-License-Identifier: MIT */
/* The walls around a program that reads what strangers wrote. */
#ifndef FOB_HOST_SANDBOX_SANDBOX_H
#define FOB_HOST_SANDBOX_SANDBOX_H

#include "host/base/error.h"
#include "host/sandbox/filter.h"
#include "host/sandbox/landlock.h"
#include "host/sandbox/limits.h"

struct fob_sandbox {
    const char *name; /* as in "the NAME sandbox" */
    const struct fob_limit *limits;
    size_t limit_count;
    struct fob_landlock left;
    struct fob_filter filter;
};

/* Give up for good, before the first byte of hostile input is read, all but
 * what `sandbox` names: new privileges and being traced, files and TCP ports
 * (Landlock, where the kernel has it), resources, system calls (seccomp).
 * FOB_E_FAILED, error set, means that the process must not go on. */
FOB_MUST_CHECK enum fob_status
fob_sandbox_enter(const struct fob_sandbox *sandbox, struct fob_error *error);

#endif
