/* SPDX-License-Identifier: MIT */
#include "host/config/nearest.h"

#include "host/base/text.h"

#include <string.h>

/* Longer names are compared by their parts only. */
enum { NEAREST_NAME_MAX = 64 };

static size_t nearest_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to put in, take out or change to turn one name into the other
 * (Levenshtein), a row of the table at a time. */
static size_t nearest_letters(const char *a, const char *b)
{
    size_t row[NEAREST_NAME_MAX + 1];
    size_t len = strlen(b);

    for (size_t j = 0; j <= len; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= len; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            row[j] = nearest_min(change, nearest_min(row[j], row[j - 1]) + 1);
        }
    }
    return row[len];
}

/* How far apart two names are; `limit` and more is no likeness. */
static size_t nearest_distance(const char *a, const char *b, size_t limit)
{
    size_t a_len = strlen(a);
    size_t b_len = strlen(b);
    size_t distance = limit;

    if (a_len == 0 || b_len == 0)
        return limit;
    if (a_len <= NEAREST_NAME_MAX && b_len <= NEAREST_NAME_MAX)
        distance = nearest_letters(a, b);
    if (distance >= limit &&
        (fob_text_contains(a, b) || fob_text_contains(b, a)))
        distance = limit - 1;
    return distance;
}

static void nearest_keep(struct nearest *nearest, const char *name,
                         size_t distance)
{
    size_t at = nearest->count;

    while (at > 0 && nearest->distances[at - 1] > distance)
        at--;
    if (at == NEAREST_MAX)
        return;
    if (nearest->count < NEAREST_MAX)
        nearest->count++;
    for (size_t i = nearest->count - 1; i > at; i--) {
        nearest->names[i] = nearest->names[i - 1];
        nearest->distances[i] = nearest->distances[i - 1];
    }
    nearest->names[at] = name;
    nearest->distances[at] = distance;
}

struct nearest nearest_find(const char *const *names, size_t count,
                            const char *wanted)
{
    struct nearest nearest = {0};
    size_t limit = 2 + strlen(wanted) / 3;

    for (size_t i = 0; i < count; i++) {
        size_t distance = nearest_distance(wanted, names[i], limit);

        if (distance < limit)
            nearest_keep(&nearest, names[i], distance);
    }
    return nearest;
}
