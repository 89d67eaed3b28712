/* SPDX-License-Identifier: MIT */
#include "host/sandbox/filter.h"

#include <errno.h>
#include <sys/mman.h>

/* What any program needs that only computes. */
static const struct fob_filter_call filter_basic[] = {
    {.number = SCMP_SYS(exit_group)},
    {.number = SCMP_SYS(exit)},
    {.number = SCMP_SYS(rt_sigreturn)},
    /* memory, and none of it code */
    {.number = SCMP_SYS(brk)},
    {.number = SCMP_SYS(munmap)},
    {.number = SCMP_SYS(mremap)},
    {.number = SCMP_SYS(madvise)},
    {.number = SCMP_SYS(mlock2)},
    {.number = SCMP_SYS(munlock)},
    {.number = SCMP_SYS(mmap), .when = {{2, PROT_EXEC, 0}}},
    {.number = SCMP_SYS(mprotect), .when = {{2, PROT_EXEC, 0}}},
    {.number = SCMP_SYS(sysinfo)}, /* qsort asks how much there is */
    /* libraries: locks, time where it is no vDSO call */
    {.number = SCMP_SYS(futex)},
    {.number = SCMP_SYS(clock_gettime)},
    {.number = SCMP_SYS(gettimeofday)},
#ifdef __SANITIZE_ADDRESS__ /* its runtime, to allocate, report and end */
    {.number = SCMP_SYS(sched_yield)},
    {.number = SCMP_SYS(getpid)},
    {.number = SCMP_SYS(sigaltstack)},
#endif
};

/* No library tries these by itself. */
static const int filter_attacks[] = {
    /* other programs */
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    /* other processes */
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo),
    /* the kernel, its keys, and other views of the machine */
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(chroot),
    SCMP_SYS(pivot_root),
    SCMP_SYS(mount),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
};

static bool add_call(scmp_filter_ctx made, const struct fob_filter_call *call)
{
    struct scmp_arg_cmp when[FOB_FILTER_BITS_MAX];
    unsigned count = 0;

    for (; count < FOB_FILTER_BITS_MAX && call->when[count].mask != 0; count++)
        when[count] = (struct scmp_arg_cmp){
            call->when[count].argument, SCMP_CMP_MASKED_EQ,
            call->when[count].mask, call->when[count].value};
    return seccomp_rule_add_array(made,
                                  call->fault == 0
                                      ? SCMP_ACT_ALLOW
                                      : SCMP_ACT_ERRNO((unsigned)call->fault),
                                  call->number, count, when) == 0;
}

static bool add_calls(scmp_filter_ctx made, const struct fob_filter_call *calls,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!add_call(made, &calls[i]))
            return false;
    return true;
}

static bool add_attacks(scmp_filter_ctx made)
{
    for (size_t i = 0; i < sizeof(filter_attacks) / sizeof(*filter_attacks);
         i++)
        if (seccomp_rule_add(made, SCMP_ACT_KILL_PROCESS, filter_attacks[i],
                             0) != 0)
            return false;
    return true;
}

bool filter_add_rules(scmp_filter_ctx made, const struct fob_filter *filter)
{
    return seccomp_attr_set(made, SCMP_FLTATR_ACT_BADARCH,
                            SCMP_ACT_KILL_PROCESS) == 0 &&
           add_calls(made, filter_basic,
                     sizeof(filter_basic) / sizeof(*filter_basic)) &&
           add_calls(made, filter->calls, filter->call_count) &&
           (filter->ends || add_attacks(made));
}

uint32_t filter_otherwise(const struct fob_filter *filter)
{
    return filter->ends ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(ENOSYS);
}

bool fob_filter_load(const struct fob_filter *filter)
{
    scmp_filter_ctx made = seccomp_init(filter_otherwise(filter));
    bool good = made != NULL && filter_add_rules(made, filter) &&
                seccomp_load(made) == 0;

    seccomp_release(made);
    return good;
}
