/* SPDX-License-Identifier: MIT */
#include "src/wipe.h"

#include <stdint.h>
#include <string.h>

void fob_wipe(void *data, size_t len)
{
    if (len == 0)
        return;
    memset(data, 0, len);
    /* Claims to read the memory, so the memset is not a dead store: it may
     * then be as fast as the library's, unlike a loop over volatile. */
    __asm__ volatile("" : : "r"(data) : "memory");
}

bool fob_equal(const void *a, const void *b, size_t len)
{
    const volatile uint8_t *x = a;
    const volatile uint8_t *y = b;
    uint32_t differ = 0;

    for (size_t i = 0; i < len; i++)
        differ |= (uint32_t)(x[i] ^ y[i]);
    return ((differ - 1) >> 31) != 0;
}
