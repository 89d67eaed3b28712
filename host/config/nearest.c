/* SPDX-License-Identifier: MIT */
#include "host/config/nearest.h"

#include "host/base/text.h"

#include <ctype.h>
#include <string.h>

enum {
    NEAREST_NAME_MAX = 64, /* longer names are compared by what they hold */
    NEAREST_PART_MIN = 3,  /* letters of one that stand in the other */
    NEAREST_HELD = NEAREST_NAME_MAX, /* as far as what only holds it is off */
};

static const char nearest_marks[] = "-_./:@+ ";

struct nearest_text {
    const char *at;
    size_t len;
};

static size_t nearest_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int nearest_letter(const struct nearest_text *text, size_t i)
{
    return tolower((unsigned char)text->at[i]);
}

static bool nearest_is_swapped(const struct nearest_text *a,
                               const struct nearest_text *b, size_t i, size_t j)
{
    return i > 1 && j > 1 &&
           nearest_letter(a, i - 1) == nearest_letter(b, j - 2) &&
           nearest_letter(a, i - 2) == nearest_letter(b, j - 1);
}

/* Letters to put in, take out, change or swap with their neighbour (optimal
 * string alignment), three rows of the table at a time. */
static size_t nearest_distance(struct nearest_text a, struct nearest_text b)
{
    size_t rows[3][NEAREST_NAME_MAX + 1];

    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];

        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool is_other =
                nearest_letter(&a, i - 1) != nearest_letter(&b, j - 1);

            row[j] = nearest_min(above[j - 1] + is_other,
                                 nearest_min(above[j], row[j - 1]) + 1);
            if (nearest_is_swapped(&a, &b, i, j))
                row[j] = nearest_min(row[j], rows[(i + 1) % 3][j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

static size_t nearest_bound(size_t len)
{
    if (len < NEAREST_PART_MIN)
        return 0;
    return len < 6 ? 1 : len < 10 ? 2 : 3;
}

/* The digits of both, one after the other, are the same. */
static bool nearest_has_digits(struct nearest_text a, struct nearest_text b)
{
    size_t i = 0, j = 0;

    for (;; i++, j++) {
        while (i < a.len && !isdigit((unsigned char)a.at[i]))
            i++;
        while (j < b.len && !isdigit((unsigned char)b.at[j]))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (a.at[i] != b.at[j])
            return false;
    }
}

static bool nearest_is_part(struct nearest_text a, struct nearest_text b)
{
    return nearest_has_digits(a, b) &&
           nearest_distance(a, b) <= nearest_bound(nearest_min(a.len, b.len));
}

/* The next part of a name; false behind the last one. */
static bool nearest_cut(const char **name, struct nearest_text *part)
{
    if (*name == NULL)
        return false;
    part->at = *name;
    part->len = strcspn(*name, nearest_marks);
    *name = part->at[part->len] == '\0' ? NULL : part->at + part->len + 1;
    return true;
}

static size_t nearest_count_parts(const char *name)
{
    size_t count = 1;

    while (*(name += strcspn(name, nearest_marks)) != '\0') {
        name++;
        count++;
    }
    return count;
}

bool nearest_is_slip(const char *a, const char *b)
{
    struct nearest_text one = {a, strlen(a)}, two = {b, strlen(b)};

    if (one.len > NEAREST_NAME_MAX || two.len > NEAREST_NAME_MAX)
        return false;
    if (nearest_count_parts(a) != nearest_count_parts(b))
        return nearest_has_digits(one, two) && nearest_distance(one, two) == 1;
    while (nearest_cut(&a, &one) && nearest_cut(&b, &two))
        if (!nearest_is_part(one, two))
            return false;
    return true;
}

static bool nearest_is_held(const char *a, const char *b)
{
    return nearest_min(strlen(a), strlen(b)) >= NEAREST_PART_MIN &&
           (fob_text_contains(a, b) || fob_text_contains(b, a));
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
    const struct nearest_text text = {wanted, strlen(wanted)};
    struct nearest nearest = {0};

    for (size_t i = 0; i < count; i++) {
        const struct nearest_text name = {names[i], strlen(names[i])};

        if (nearest_is_slip(wanted, names[i])) {
            nearest.slips++;
            nearest_keep(&nearest, names[i], nearest_distance(text, name));
        } else if (nearest_is_held(wanted, names[i]))
            nearest_keep(&nearest, names[i], NEAREST_HELD);
    }
    return nearest;
}
