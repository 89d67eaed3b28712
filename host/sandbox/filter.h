/* SPDX-License-Identifier: MIT */
/* seccomp: which system calls are left to this process. */
#ifndef FOB_HOST_SANDBOX_FILTER_H
#define FOB_HOST_SANDBOX_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <seccomp.h>

enum { FOB_FILTER_BITS_MAX = 3 };

/* These bits of an argument have this value.  An int takes the lower half of
 * its register; the upper one may hold anything. */
struct fob_filter_bits {
    unsigned argument;
    uint64_t mask; /* 0: no condition */
    uint64_t value;
};

/* A call under all of its conditions, each on another argument. */
struct fob_filter_call {
    int number; /* SCMP_SYS(...), on whatever architecture */
    int fault;  /* 0: it is made; otherwise the errno that it fails with */
    struct fob_filter_bits when[FOB_FILTER_BITS_MAX];
};

struct fob_filter {
    const struct fob_filter_call *calls;
    size_t call_count;
    /* Any other call ends the process.  Without, it fails with ENOSYS, by
     * which a library sees an older kernel and finds another way; only what
     * starts programs, or reaches into other processes or the kernel, ends
     * the process. */
    bool ends;
};

/* Besides its own calls each filter lets a process end, have memory that is no
 * code, lock and tell the time; another ABI ends it. */
__attribute__((warn_unused_result)) bool
fob_filter_load(const struct fob_filter *filter);

/* The rules of `filter` for every architecture that `made` has: an empty
 * filter of libseccomp's whose own action is filter_otherwise. */
__attribute__((warn_unused_result)) bool
filter_add_rules(scmp_filter_ctx made, const struct fob_filter *filter);
uint32_t filter_otherwise(const struct fob_filter *filter);

#endif
