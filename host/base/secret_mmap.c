/* SPDX-License-Identifier: MIT */
/*
 * Secrets on pages of their own: no access before and after, locked, in no
 * core dump, zero in a forked child.  Needs libc only.
 */
#include "host/base/secret.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { ALIGNMENT = 16 };

static atomic_bool all_locked = true;
static atomic_bool started;

enum fob_status fob_secret_allocator_start(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_MEMLOCK, &limit);
    }
    atomic_store(&started, true);
    return FOB_OK;
}

bool fob_secret_allocator_is_locked(void)
{
    return atomic_load(&started) && atomic_load(&all_locked);
}

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static size_t round_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

/* Each has pages of its own, and takes none of another's. */
bool fob_secret_allocator_has_room(size_t size, unsigned percent)
{
    (void)size;
    (void)percent;
    return true;
}

/* The secret ends where the guard behind it begins (but for alignment), so
 * that an overrun faults at once. */
void *fob_secret_allocator_alloc(size_t size)
{
    const size_t page = page_size(), inner = round_up(size, page);
    uint8_t *map;

    if (!atomic_load(&started))
        return NULL;
    map = mmap(NULL, inner + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
               -1, 0);
    if (map == MAP_FAILED)
        return NULL;
    if (mprotect(map + page, inner, PROT_READ | PROT_WRITE) != 0) {
        munmap(map, inner + 2 * page);
        return NULL;
    }
    if (mlock2(map + page, inner, MLOCK_ONFAULT) != 0)
        atomic_store(&all_locked, false);
    (void)madvise(map + page, inner, MADV_DONTDUMP);
    (void)madvise(map + page, inner, MADV_WIPEONFORK);
    return map + page + inner - round_up(size, ALIGNMENT);
}

void fob_secret_allocator_free(void *data, size_t size)
{
    const size_t page = page_size(), inner = round_up(size, page);
    uint8_t *end = (uint8_t *)data + round_up(size, ALIGNMENT);

    munmap(end - inner - page, inner + 2 * page);
}
