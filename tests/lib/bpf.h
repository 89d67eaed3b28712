/* SPDX-License-Identifier: MIT */
/*
 * The classic BPF of seccomp filters, run here as the kernel would: a filter
 * of libseccomp's for any architecture, asked what comes of a system call.
 */
#ifndef FOB_TESTS_LIB_BPF_H
#define FOB_TESTS_LIB_BPF_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <seccomp.h>

enum { BPF_LINES_MAX = 4096 }; /* the kernel's, too */

struct bpf {
    struct sock_filter lines[BPF_LINES_MAX];
    size_t count;
};

/* What libseccomp makes of its rules. */
static inline void bpf_take(struct bpf *bpf, scmp_filter_ctx filter)
{
    int fd = memfd_create("bpf", MFD_CLOEXEC);
    ssize_t len;

    if (fd < 0 || seccomp_export_bpf(filter, fd) != 0 ||
        lseek(fd, 0, SEEK_SET) != 0)
        abort();
    len = read(fd, bpf->lines, sizeof(bpf->lines));
    close(fd);
    if (len <= 0 || len % (ssize_t)sizeof(bpf->lines[0]) != 0)
        abort();
    bpf->count = (size_t)len / sizeof(bpf->lines[0]);
}

static inline bool bpf_jumps(const struct sock_filter *line, uint32_t value)
{
    switch (BPF_OP(line->code)) {
    case BPF_JEQ:
        return value == line->k;
    case BPF_JGT:
        return value > line->k;
    case BPF_JGE:
        return value >= line->k;
    case BPF_JSET:
        return (value & line->k) != 0;
    default:
        abort();
    }
}

/* The action for a call.  What a filter of seccomp's cannot hold, aborts. */
static inline uint32_t bpf_run(const struct bpf *bpf,
                               const struct seccomp_data *call)
{
    uint32_t value = 0;

    for (size_t at = 0; at < bpf->count; at++) {
        const struct sock_filter *line = &bpf->lines[at];

        if (line->code == (BPF_LD | BPF_W | BPF_ABS)) {
            if (line->k % 4 != 0 || line->k > sizeof(*call) - 4)
                abort();
            memcpy(&value, (const uint8_t *)call + line->k, 4);
        } else if (line->code == (BPF_ALU | BPF_AND | BPF_K))
            value &= line->k;
        else if (line->code == (BPF_JMP | BPF_JA))
            at += line->k;
        else if (BPF_CLASS(line->code) == BPF_JMP &&
                 BPF_SRC(line->code) == BPF_K)
            at += bpf_jumps(line, value) ? line->jt : line->jf;
        else if (line->code == (BPF_RET | BPF_K))
            return line->k;
        else
            abort();
    }
    abort();
}

#endif
