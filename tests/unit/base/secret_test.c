/* SPDX-License-Identifier: MIT */
/* The secure heap, and what is common to both homes of secrets. */
#include "tests/unit/base/secret_allocator.h"

#include <openssl/crypto.h>
#include <signal.h>

static void is_openssl_secure_heap(void)
{
    struct fob_secret secret = {NULL, 0, 0};

    if (fob_secret_alloc(&secret, 100) == FOB_OK)
        tap_ok(CRYPTO_secure_allocated(secret.data),
               "a secret lies in the secure heap");
    fob_secret_free(&secret);
    tap_ok(fob_secret_alloc(&secret, 8 << 20) == FOB_OK &&
               !CRYPTO_secure_allocated(secret.data) &&
               secret.data[8 << 20] == 0,
           "one that is longer than the heap has pages of its own");
    fob_secret_free(&secret);
    tap_ok(fob_secret_alloc(&secret, (size_t)512 << 20) == FOB_E_NO_MEMORY &&
               secret.data == NULL,
           "beyond their bound there is none, ordinary memory least of all");
}

/* The pages around a long one: a child that touches them dies. */
static bool is_fatal(const uint8_t *at)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        struct rlimit none = {0, 0};

        (void)!setrlimit(RLIMIT_CORE, &none);
        signal(SIGSEGV, SIG_DFL);
        _exit(*(const volatile uint8_t *)at & 1);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

static void guards_long_ones(void)
{
    struct fob_secret secret = {NULL, 0, 0};
    const long page = sysconf(_SC_PAGESIZE);

    if (fob_secret_alloc(&secret, 100000) == FOB_OK)
        tap_ok(is_fatal(secret.data + 100000 + 16) &&
                   is_fatal(secret.data - page) && secret.data[100000] == 0,
               "no access before and after a long one");
    fob_secret_free(&secret);
}

/* 60,000 bytes at a time, until there are no more. */
static size_t take_all(void)
{
    struct fob_secret more = {NULL, 0, 0};
    size_t count = 0;

    for (; fob_secret_alloc(&more, 60000) == FOB_OK; count++)
        more = (struct fob_secret){NULL, 0, 0}; /* of no use to anybody */
    return count;
}

static void leaves_room(void)
{
    struct fob_secret more = {NULL, 0, 0};
    const size_t quarter = (size_t)128 << 20;
    size_t count;

    fob_secret_leave(75);
    tap_ok(fob_secret_alloc(&more, quarter) == FOB_E_NO_MEMORY &&
               fob_secret_alloc(&more, quarter - 100) == FOB_OK,
           "a thread that leaves three quarters has a quarter of the pages");
    fob_secret_free(&more);
    count = take_all();
    fob_secret_leave(0);
    tap_ok(count > 10 && count <= 16 && take_all() > 40,
           "and of the heap; when that is gone, others have theirs");
}

int main(void)
{
    before_start();
    start_hardens();
    tells_whether_locked(256 << 10);
    grows_and_wipes();
    reads_descriptors();
    refuses_absurd_sizes();
    is_openssl_secure_heap();
    guards_long_ones();
    leaves_room();
    return tap_done();
}
