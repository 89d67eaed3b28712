/* SPDX-License-Identifier: MIT */
/*
 * An allocator of secrets for tests: each on the heap in exactly its size, so
 * that a sanitizer sees a byte too many and a secret never freed.  It is linked
 * in the place of host/base/secret_heap.c.
 */
#include "host/base/secret.h"

#include <stdlib.h>

static bool started;

enum fob_status fob_secret_allocator_start(void)
{
    started = true;
    return FOB_OK;
}

bool fob_secret_allocator_is_locked(void)
{
    return started;
}

bool fob_secret_allocator_has_room(size_t size, unsigned percent)
{
    (void)size;
    (void)percent;
    return true;
}

void *fob_secret_allocator_alloc(size_t size)
{
    return started ? calloc(1, size) : NULL;
}

void fob_secret_allocator_free(void *data, size_t size)
{
    (void)size;
    free(data);
}
