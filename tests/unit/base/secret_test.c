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

int main(void)
{
    before_start();
    start_hardens();
    tells_whether_locked(256 << 10);
    grows_and_wipes();
    reads_descriptors();
    refuses_absurd_sizes();
    is_openssl_secure_heap();
    return tap_done();
}
