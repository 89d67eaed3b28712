/* SPDX-License-Identifier: MIT */
/* The secure heap, and what is common to both homes of secrets. */
#include "tests/unit/base/secret_allocator.h"

#include <openssl/crypto.h>

static void is_openssl_secure_heap(void)
{
    struct fob_secret secret = {NULL, 0, 0};

    if (fob_secret_alloc(&secret, 100) == FOB_OK)
        tap_ok(CRYPTO_secure_allocated(secret.data),
               "a secret lies in the secure heap");
    fob_secret_free(&secret);
    tap_ok(fob_secret_alloc(&secret, 8 << 20) == FOB_E_NO_MEMORY &&
               secret.data == NULL,
           "beyond it there is none, ordinary memory least of all");
}

static void leaves_room(void)
{
    struct fob_secret taken = {NULL, 0, 0}, more = {NULL, 0, 0};

    fob_secret_leave(75);
    tap_ok(fob_secret_alloc(&taken, 1 << 20) == FOB_E_NO_MEMORY,
           "a thread that leaves three quarters has no block of a quarter and "
           "a byte");
    tap_ok(fob_secret_alloc(&taken, 100000) == FOB_OK,
           "but what is left to it");
    while (fob_secret_alloc(&more, 100000) == FOB_OK && more.data != NULL)
        more = (struct fob_secret){NULL, 0, 0}; /* of no use to anybody */
    fob_secret_leave(0);
    tap_ok(fob_secret_alloc(&more, 1 << 20) == FOB_OK,
           "and when that is gone, others have theirs");
    fob_secret_free(&more);
    fob_secret_free(&taken);
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
    leaves_room();
    return tap_done();
}
