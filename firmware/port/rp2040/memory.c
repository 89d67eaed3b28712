/* SPDX-License-Identifier: MIT */
/* The four functions that a compiler may call (GCC manual, 2.1), by words
 * where both sides allow it. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t __attribute__((may_alias)) word;

static int is_aligned(const void *pointer)
{
    return (uintptr_t)pointer % sizeof(word) == 0;
}

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
    uint8_t *t = to;
    const uint8_t *f = from;

    if (is_aligned(t) && is_aligned(f))
        for (; len >= sizeof(word); len -= sizeof(word)) {
            *(word *)(void *)t = *(const word *)(const void *)f;
            t += sizeof(word);
            f += sizeof(word);
        }
    while (len-- > 0)
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t len)
{
    uint8_t *t = to;
    const uint8_t *f = from;

    if (t <= f || t >= f + len)
        return memcpy(to, from, len);
    while (len-- > 0)
        t[len] = f[len];
    return to;
}

void *memset(void *to, int value, size_t len)
{
    uint8_t *t = to;

    if (is_aligned(t))
        for (; len >= sizeof(word); len -= sizeof(word)) {
            *(word *)(void *)t = (uint8_t)value * UINT32_C(0x01010101);
            t += sizeof(word);
        }
    while (len-- > 0)
        *t++ = (uint8_t)value;
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
