/* SPDX-License-Identifier: MIT */
/*
 * Secrets in OpenSSL's secure heap: one locked arena between guard pages, in
 * no core dump, shared with libcrypto's own key material.  What is long (a
 * vault of thousands of accounts, a config file of as many profiles) has pages
 * of its own, and takes no place from what is short.
 */
#include "host/base/secret.h"
#include "host/base/secret_pages.h"

#include <openssl/crypto.h>
#include <stdatomic.h>
#include <sys/resource.h>

enum {
    LONG_MIN_LEN = 64 << 10,
    LONG_TOTAL_MAX = 512 << 20,
    HEAP_MAX = 4 << 20,
    HEAP_MIN = 256 << 10, /* below this a vault does not fit */
    HEAP_BLOCK_MIN = 32,
    HEAP_LOCKED = 1,    /* CRYPTO_secure_malloc_init(3): 0 no heap, */
    HEAP_SWAPPABLE = 2, /* 2 a heap, but not all protections */
};

static bool heap_locked;
static size_t heap_size;
static atomic_size_t long_total;

static int heap_init(size_t size)
{
    int result = CRYPTO_secure_malloc_init(size, HEAP_BLOCK_MIN);

    heap_size = size;
    if (result == HEAP_SWAPPABLE && size > HEAP_MIN) {
        CRYPTO_secure_malloc_done();
        return heap_init(size / 2);
    }
    return result;
}

/* A locked heap is better than a large one; but one of full size is better
 * than a small one when the machine locks neither. */
enum fob_status fob_secret_allocator_start(void)
{
    struct rlimit limit;

    if (CRYPTO_secure_malloc_initialized())
        return FOB_OK;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_MEMLOCK, &limit);
    }
    heap_locked = heap_init(HEAP_MAX) == HEAP_LOCKED;
    if (!heap_locked) {
        CRYPTO_secure_malloc_done();
        heap_size = HEAP_MAX;
        if (CRYPTO_secure_malloc_init(HEAP_MAX, HEAP_BLOCK_MIN) == 0)
            return FOB_E_FAILED;
    }
    return FOB_OK;
}

bool fob_secret_allocator_is_locked(void)
{
    return heap_locked && secret_pages_are_locked();
}

static bool is_long(size_t size)
{
    return size >= LONG_MIN_LEN;
}

/* Of those on pages of their own, all together. */
static bool has_long_room(size_t size, unsigned percent)
{
    const size_t usable = (size_t)LONG_TOTAL_MAX / 100 * (100 - percent);

    return size <= usable && atomic_load(&long_total) <= usable - size;
}

/* The heap gives out powers of two. */
bool fob_secret_allocator_has_room(size_t size, unsigned percent)
{
    const size_t usable = heap_size / 100 * (100 - percent);
    size_t taken = HEAP_BLOCK_MIN;

    if (is_long(size))
        return has_long_room(size, percent);
    while (taken < size)
        taken *= 2;
    return taken <= usable && CRYPTO_secure_used() <= usable - taken;
}

static void *alloc_long(size_t size)
{
    void *data = has_long_room(size, 0) ? secret_pages_alloc(size) : NULL;

    if (data != NULL)
        atomic_fetch_add(&long_total, size);
    return data;
}

/* Without a heap OpenSSL would hand out ordinary memory. */
void *fob_secret_allocator_alloc(size_t size)
{
    if (!CRYPTO_secure_malloc_initialized())
        return NULL;
    return is_long(size) ? alloc_long(size) : OPENSSL_secure_zalloc(size);
}

void fob_secret_allocator_free(void *data, size_t size)
{
    if (!is_long(size)) {
        OPENSSL_secure_clear_free(data, size);
        return;
    }
    secret_pages_free(data, size);
    atomic_fetch_sub(&long_total, size);
}
