/* SPDX-License-Identifier: MIT */
#include "host/base/secret_pages.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ALIGNMENT = 16 };

static atomic_bool all_locked = true;

bool secret_pages_are_locked(void)
{
    return atomic_load(&all_locked);
}

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static size_t round_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

void *secret_pages_alloc(size_t size)
{
    const size_t page = page_size(), inner = round_up(size, page);
    uint8_t *map = mmap(NULL, inner + 2 * page, PROT_NONE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

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

void secret_pages_free(void *data, size_t size)
{
    const size_t page = page_size(), inner = round_up(size, page);
    uint8_t *end = (uint8_t *)data + round_up(size, ALIGNMENT);

    munmap(end - inner - page, inner + 2 * page);
}
