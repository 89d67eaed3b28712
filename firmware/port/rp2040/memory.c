/* SPDX-License-Identifier: MIT */
/* Two of the four functions that a compiler may call (GCC manual, 2.1); the
 * others are in copy.S. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *memmove(void *to, const void *from, size_t len)
{
    uint8_t *t = to;
    const uint8_t *f = from;

    /* copy.S goes upwards, and reads before it writes. */
    if (t <= f || t >= f + len)
        return memcpy(to, from, len);
    while (len-- > 0)
        t[len] = f[len];
    return to;
}

int memcmp(const void *a, const void *b, size_t len)
{
    const uint8_t *x = a;
    const uint8_t *y = b;

    for (; len > 0; len--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}
