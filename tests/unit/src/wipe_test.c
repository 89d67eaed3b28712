/* SPDX-License-Identifier: MIT */
#include "src/wipe.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static void test_wipe(void)
{
    static const uint8_t zeros[40];

    for (size_t len = 0; len <= sizeof(zeros); len += 13) {
        uint8_t *data = exact_copy(NULL, len);

        memset(data, 0xa5, len);
        fob_wipe(data, len);
        tap_bytes(data, zeros, len, "wipe leaves zeros");
        free(data);
    }
    fob_wipe(NULL, 0);
}

static void test_equal(void)
{
    uint8_t *a = exact_copy(NULL, 33);
    uint8_t *b = exact_copy(NULL, 33);
    unsigned missed = 0;

    tap_ok(fob_equal(a, b, 33), "equal bytes are equal");
    tap_ok(fob_equal(a, b, 0), "nothing equals nothing");
    for (size_t bit = 0; bit < 33 * 8; bit++) {
        b[bit / 8] ^= (uint8_t)(1 << bit % 8);
        missed += fob_equal(a, b, 33);
        b[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    tap_ok(missed == 0, "every single bit is told");
    memset(b, 0xff, 33);
    tap_ok(!fob_equal(a, b, 33), "all bits are told");
    b[32] = 0;
    tap_ok(fob_equal(a + 32, b + 32, 1), "only `len` bytes count");
    free(a);
    free(b);
}

int main(void)
{
    test_wipe();
    test_equal();
    return tap_done();
}
