/* SPDX-License-Identifier: MIT */
#include "host/qr/sandbox.h"

#include "host/qr/landlock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <seccomp.h>

struct sandbox_limit {
    unsigned resource;
    rlim_t most;
};

static const struct sandbox_limit sandbox_limits[] = {
#ifndef __SANITIZE_ADDRESS__ /* whose shadow memory spans terabytes */
    {RLIMIT_AS, 512 << 20},
#endif
    {RLIMIT_CPU, 10},         /* seconds */
    {RLIMIT_FSIZE, 16 << 20}, /* of a file that stdout may be */
    {RLIMIT_NOFILE, 0},       /* no further descriptor */
    {RLIMIT_NPROC, 0},        /* no further process */
    {RLIMIT_CORE, 0},         /* no picture of a seed on a disk */
};

/* Allowed whatever their arguments are. */
static const int sandbox_calls[] = {
    SCMP_SYS(exit_group),
    SCMP_SYS(exit),
    SCMP_SYS(rt_sigreturn),
    /* memory */
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(mlock2),
    SCMP_SYS(munlock),
    SCMP_SYS(sysinfo), /* qsort asks how much there is */
    /* libraries: locks, time where it is no vDSO call */
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
#ifdef __SANITIZE_ADDRESS__ /* its runtime, to allocate, report and end */
    SCMP_SYS(sched_yield),
    SCMP_SYS(getpid),
    SCMP_SYS(sigaltstack),
#endif
};

/* Allowed if these bits of an argument have this value. */
struct sandbox_rule {
    int call;
    unsigned argument;
    uint64_t mask;
    uint64_t value;
};

/* A descriptor is an int: the upper half of its register may hold anything. */
static const struct sandbox_rule sandbox_rules[] = {
    {SCMP_SYS(read), 0, UINT32_MAX, STDIN_FILENO},
    {SCMP_SYS(write), 0, UINT32_MAX, STDOUT_FILENO},
    {SCMP_SYS(write), 0, UINT32_MAX, STDERR_FILENO},
    {SCMP_SYS(mmap), 2, PROT_EXEC, 0},
    {SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
};

static bool sandbox_give_up_rights(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

static bool sandbox_set_limits(void)
{
    for (size_t i = 0; i < sizeof(sandbox_limits) / sizeof(*sandbox_limits);
         i++) {
        const struct sandbox_limit *limit = &sandbox_limits[i];
        struct rlimit now;

        if (getrlimit(limit->resource, &now) != 0)
            return false;
        if (now.rlim_cur > limit->most)
            now.rlim_cur = limit->most;
        now.rlim_max = now.rlim_cur;
        if (setrlimit(limit->resource, &now) != 0)
            return false;
    }
    return true;
}

static bool sandbox_add_rule(scmp_filter_ctx filter,
                             const struct sandbox_rule *rule)
{
    const struct scmp_arg_cmp when = {rule->argument, SCMP_CMP_MASKED_EQ,
                                      rule->mask, rule->value};

    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, rule->call, 1,
                                  &when) == 0;
}

static bool sandbox_add_rules(scmp_filter_ctx filter)
{
    bool good = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
                                 SCMP_ACT_KILL_PROCESS) == 0;

    for (size_t i = 0; i < sizeof(sandbox_calls) / sizeof(*sandbox_calls); i++)
        good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW,
                                        sandbox_calls[i], 0) == 0;
    for (size_t i = 0; i < sizeof(sandbox_rules) / sizeof(*sandbox_rules); i++)
        good = good && sandbox_add_rule(filter, &sandbox_rules[i]);
    return good;
}

static bool sandbox_filter_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool good = filter != NULL && sandbox_add_rules(filter) &&
                seccomp_load(filter) == 0;

    seccomp_release(filter);
    return good;
}

enum fob_status fob_sandbox_enter(struct fob_error *error)
{
    enum fob_status landlock;

    if (!sandbox_give_up_rights())
        return fob_error_set(error, FOB_E_FAILED,
                             "the image sandbox cannot give up its rights");
    landlock = fob_landlock_deny_all();
    if (landlock != FOB_OK && landlock != FOB_E_UNSUPPORTED)
        return fob_error_set(error, FOB_E_FAILED,
                             "the image sandbox cannot close the files");
    if (!sandbox_set_limits())
        return fob_error_set(error, FOB_E_FAILED,
                             "the image sandbox cannot set its limits");
    if (!sandbox_filter_calls())
        return fob_error_set(error, FOB_E_FAILED,
                             "the image sandbox cannot filter system calls");
    return FOB_OK;
}
