/* SPDX-License-Identifier: MIT */
/* Inputs of exactly their size on the heap, so that a sanitizer sees a read
 * or write of one byte too many; and bytes from hex. */
#ifndef FOB_TESTS_LIB_EXACT_H
#define FOB_TESTS_LIB_EXACT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A copy of `len` bytes for the caller to free; of zeros when data is NULL. */
__attribute__((unused)) static void *exact_copy(const void *data, size_t len)
{
    void *copy = calloc(len, 1);

    if (copy == NULL && len > 0) {
        printf("Bail out! no memory\n");
        exit(1);
    }
    if (data != NULL && len > 0)
        memcpy(copy, data, len);
    return copy;
}

__attribute__((unused)) static unsigned exact_nibble(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10);
}

/* Bytes of `hex`, whose spaces are passed over, for the caller to free. */
__attribute__((unused)) static uint8_t *exact_hex(const char *hex, size_t *len)
{
    size_t nibbles = 0;
    uint8_t *bytes;

    for (const char *c = hex; *c != '\0'; c++)
        nibbles += *c != ' ';
    bytes = exact_copy(NULL, nibbles / 2);
    nibbles = 0;
    for (; *hex != '\0'; hex++)
        if (*hex != ' ') {
            bytes[nibbles / 2] =
                (uint8_t)(bytes[nibbles / 2] * 16U + exact_nibble(*hex));
            nibbles++;
        }
    *len = nibbles / 2;
    return bytes;
}

#endif
