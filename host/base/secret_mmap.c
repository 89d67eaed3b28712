/* SPDX-License-Identifier: MIT */
/* Secrets on pages of their own, each: of a program that has few. */
#include "host/base/secret.h"
#include "host/base/secret_pages.h"

#include <stdatomic.h>
#include <sys/resource.h>

static atomic_bool started;

enum fob_status fob_secret_allocator_start(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0 &&
        limit.rlim_cur != limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_MEMLOCK, &limit);
    }
    atomic_store(&started, true);
    return FOB_OK;
}

bool fob_secret_allocator_is_locked(void)
{
    return atomic_load(&started) && secret_pages_are_locked();
}

/* Each has pages of its own, and takes none of another's. */
bool fob_secret_allocator_has_room(size_t size, unsigned percent)
{
    (void)size;
    (void)percent;
    return true;
}

void *fob_secret_allocator_alloc(size_t size)
{
    return atomic_load(&started) ? secret_pages_alloc(size) : NULL;
}

void fob_secret_allocator_free(void *data, size_t size)
{
    secret_pages_free(data, size);
}
