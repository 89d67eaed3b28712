/* SPDX-License-Identifier: MIT */
#include "host/qr/find/trio.h"

#include <math.h>
#include <string.h>

/* One side of a code, from a finder pattern's middle to the next one's. */
struct leg {
    float x;
    float y;
    float length;
    float modules;
};

/* Pixels a module in a direction.  A line through a square at an angle is
 * longer than its side. */
static float unit_along(const struct fob_finder *finder, const struct leg *leg)
{
    float across = fabsf(leg->x) / leg->length;
    float down = fabsf(leg->y) / leg->length;

    return (finder->wide * across + finder->high * down) / (across + down) *
           fmaxf(across, down);
}

static struct leg measure_leg(const struct fob_finder *from,
                              const struct fob_finder *to)
{
    struct leg leg = {.x = to->x - from->x, .y = to->y - from->y};

    leg.length = sqrtf(leg.x * leg.x + leg.y * leg.y);
    if (leg.length > 0)
        leg.modules =
            leg.length / sqrtf(unit_along(from, &leg) * unit_along(to, &leg));
    return leg;
}

static float ratio_of(float a, float b)
{
    return a > b ? a / b : b / a;
}

static void enter_trio(struct fob_trios *trios, const struct fob_trio *trio)
{
    size_t at = trios->count;

    while (at > 0 && trios->list[at - 1].oddness > trio->oddness)
        at--;
    if (at == FOB_TRIOS_MAX)
        return;
    if (trios->count < FOB_TRIOS_MAX)
        trios->count++;
    memmove(&trios->list[at + 1], &trios->list[at],
            (trios->count - 1 - at) * sizeof(*trio));
    trios->list[at] = *trio;
}

/* Sides of much the same number of modules, from 14 to 170 without the finder
 * patterns' halves, at an angle that a lens may make of a right one. */
static void judge_trio(struct fob_trios *trios, const struct fob_finder *corner,
                       const struct fob_finder *right,
                       const struct fob_finder *below)
{
    struct leg one = measure_leg(corner, right);
    struct leg other = measure_leg(corner, below);
    float turn = one.x * other.y - one.y * other.x;
    float slant = one.x * other.x + one.y * other.y;
    float side = (one.modules + other.modules) / 2;
    struct fob_trio trio = {corner, right, below, side + 7, 0};

    if (one.modules < 10 || other.modules < 10 || side > 185)
        return;
    slant /= one.length * other.length;
    trio.oddness =
        ratio_of(one.modules, other.modules) - 1 + fabsf(slant) +
        (ratio_of(one.length, other.length) - 1) / 2 +
        (sqrtf(ratio_of(right->wide * right->high, below->wide * below->high)) -
         1) /
            4;
    if (ratio_of(one.modules, other.modules) > 1.7F || fabsf(slant) > 0.8F ||
        trio.oddness > 3)
        return;
    if (turn < 0) { /* clockwise, as codes that nobody mirrored are */
        trio.right = below;
        trio.below = right;
    }
    enter_trio(trios, &trio);
}

static bool is_like(const struct fob_finder *a, const struct fob_finder *b)
{
    return ratio_of(a->wide * a->high, b->wide * b->high) < 16;
}

void fob_trios_find(const struct fob_finders *finders, struct fob_trios *trios)
{
    const struct fob_finder *list = finders->list;
    size_t count = finders->count;

    if (count > FOB_TRIO_FINDERS_MAX)
        count = FOB_TRIO_FINDERS_MAX;
    trios->count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            for (size_t k = j + 1; is_like(&list[i], &list[j]) && k < count;
                 k++) {
                if (!is_like(&list[i], &list[k]) ||
                    !is_like(&list[j], &list[k]))
                    continue;
                judge_trio(trios, &list[i], &list[j], &list[k]);
                judge_trio(trios, &list[j], &list[k], &list[i]);
                judge_trio(trios, &list[k], &list[i], &list[j]);
            }
}
