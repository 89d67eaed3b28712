/* SPDX-License-Identifier: MIT */
/* The names that a mistyped one may have meant.  Names differ by little and
 * mean another account (prod-a and prod-b, us-prod and eu-prod, dev1 and
 * dev2), so only what looks like a slip of the fingers is one. */
#ifndef FOB_HOST_CONFIG_NEAREST_H
#define FOB_HOST_CONFIG_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

enum { NEAREST_MAX = 2 };

struct nearest {
    const char *names[NEAREST_MAX]; /* best first; the first in order wins */
    size_t distances[NEAREST_MAX];
    size_t count;
    size_t slips; /* of all names; those in `names` stand in front */
};

struct nearest nearest_find(const char *const *names, size_t count,
                            const char *wanted);

/* Whether one may be the other mistyped: each part between - _ . / : @ + has
 * the same digits, and letters but for one in three to five, two in up to nine
 * or three in more put in, taken out, changed or swapped; or one such mark is
 * missing.  Capitals are no difference. */
bool nearest_is_slip(const char *a, const char *b);

#endif
