/* SPDX-License-Identifier: MIT */
/*
 * Where all secrets are: locked memory that no core dump holds, wiped when
 * freed.  Two allocators serve it, chosen when a program is linked:
 * secret_heap.c (OpenSSL's secure heap, and guarded pages for what is long:
 * fob-agent) and secret_mmap.c (guarded pages, libc only: fob, fob-net,
 * fob-qr).  Before fob_secret_start there is no such memory.  A child made by
 * fork may read zeros there: start programs by posix_spawn or vfork and exec.
 * All calls may be made from any thread, those on one struct fob_secret from
 * one at a time.
 */
#ifndef FOB_HOST_BASE_SECRET_H
#define FOB_HOST_BASE_SECRET_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fob_secret {
    uint8_t *data; /* NULL while empty */
    size_t len;
    size_t cap;
};

/* To be called first in main: no core dumps, no ptrace by others
 * (PR_SET_DUMPABLE), and the heap is made.  FOB_E_FAILED when the machine
 * refuses what must not be done without. */
FOB_MUST_CHECK enum fob_status fob_secret_start(void);

/* Whether the memory is kept out of swap (RLIMIT_MEMLOCK may forbid it). */
bool fob_secret_is_locked(void);

/* Room for `cap` bytes and a NUL after them, all zero; len is 0.  `secret`
 * must be empty.  FOB_E_NO_MEMORY leaves it empty. */
FOB_MUST_CHECK enum fob_status fob_secret_alloc(struct fob_secret *secret,
                                                size_t cap);

/* Alloc and fill. */
FOB_MUST_CHECK enum fob_status fob_secret_copy(struct fob_secret *secret,
                                               const void *data, size_t len);

/* Room for `more` bytes beyond `len` (and a NUL); `secret` may be empty.
 * FOB_E_NO_MEMORY leaves what was there. */
FOB_MUST_CHECK enum fob_status fob_secret_reserve(struct fob_secret *secret,
                                                  size_t more);

/* Append; grows when needed (the old room is wiped). FOB_E_NO_MEMORY leaves
 * what was there. */
FOB_MUST_CHECK enum fob_status fob_secret_append(struct fob_secret *secret,
                                                 const void *data, size_t len);

/* Wipe and free; an empty one is left alone; leaves it empty. */
void fob_secret_free(struct fob_secret *secret);

/* Read `fd` to its end, at most `max` bytes (FOB_E_TOO_LONG beyond).
 * `secret` must have no length, and may have room; on a fault it is left
 * empty. */
FOB_MUST_CHECK enum fob_status fob_secret_read(struct fob_secret *secret,
                                               int fd, size_t max);

/* From now on the calling thread leaves so much of the memory for secrets, of
 * 100, to other threads, and gets FOB_E_NO_MEMORY before it takes of that.  At
 * first a thread may take all. */
void fob_secret_leave(unsigned percent);

/* What an allocator supplies; for secret.c only. */
FOB_MUST_CHECK enum fob_status fob_secret_allocator_start(void);
bool fob_secret_allocator_is_locked(void);
/* Whether, with `size` more, `percent` of 100 are left. */
bool fob_secret_allocator_has_room(size_t size, unsigned percent);
void *fob_secret_allocator_alloc(size_t size); /* zeroed, or NULL */
void fob_secret_allocator_free(void *data, size_t size);

#endif
