/* SPDX-License-Identifier: MIT */
/* The names that a mistyped one may have meant. */
#ifndef FOB_HOST_CONFIG_NEAREST_H
#define FOB_HOST_CONFIG_NEAREST_H

#include <stddef.h>

enum { NEAREST_MAX = 2 };

struct nearest {
    const char *names[NEAREST_MAX]; /* best first; the first in order wins */
    size_t distances[NEAREST_MAX];
    size_t count;
};

struct nearest nearest_find(const char *const *names, size_t count,
                            const char *wanted);

#endif
