/* SPDX-License-Identifier: MIT */
#include "host/qr/find/finder.h"

#include <math.h>
#include <stdlib.h>

enum { ROW_HITS_MIN = 2 };

/* Where light and dark meet around a dark eye: the ring's outer edge, the
 * eye's two, the ring's outer edge again. */
struct profile {
    float edge[4];
};

static float unit_of(const struct profile *profile)
{
    return (profile->edge[3] - profile->edge[0]) / 5;
}

static float middle_of(const struct profile *profile)
{
    return (profile->edge[1] + profile->edge[2]) / 2;
}

/* 1 : 3 : 1, loosely: what is no finder pattern is found out later. */
static bool is_finder(const struct profile *profile)
{
    float unit = unit_of(profile);
    float before = profile->edge[1] - profile->edge[0];
    float eye = profile->edge[2] - profile->edge[1];
    float after = profile->edge[3] - profile->edge[2];

    return unit >= 0.9F && before > 0.35F * unit && before < 1.75F * unit &&
           eye > 2 * unit && eye < 4 * unit && after > 0.35F * unit &&
           after < 1.75F * unit;
}

/* --- from a point outwards -------------------------------------------------*/

struct walk {
    const struct fob_ground *ground;
    int32_t x;
    int32_t y;
    int32_t dx;
    int32_t dy;
};

static bool walk_is_inside(const struct walk *walk)
{
    return walk->x >= 0 && walk->y >= 0 &&
           walk->x < (int32_t)walk->ground->image->width &&
           walk->y < (int32_t)walk->ground->image->height;
}

/* Steps from a dark pixel's middle to the light, and on to the dark again. */
static bool walk_edges(struct walk walk, float limit, float found[static 2])
{
    int before =
        fob_ground_pixel(walk.ground, (uint32_t)walk.x, (uint32_t)walk.y);
    int edges = 0;

    if (before >= 0)
        return false;
    for (int step = 1; (float)step < limit; step++) {
        int now;

        walk.x += walk.dx;
        walk.y += walk.dy;
        if (!walk_is_inside(&walk))
            return false;
        now = fob_ground_pixel(walk.ground, (uint32_t)walk.x, (uint32_t)walk.y);
        if ((now < 0) != (before < 0)) {
            found[edges++] =
                (float)(step - 1) + (float)before / (float)(before - now);
            if (edges == 2)
                return true;
        }
        before = now;
    }
    return false;
}

/* The profile through a point in one direction, in steps from its pixel. */
static bool find_profile(struct walk walk, float unit, struct profile *profile)
{
    float back[2], ahead[2];

    if (!walk_is_inside(&walk) || !walk_edges(walk, 9 * unit + 2, ahead))
        return false;
    walk.dx = -walk.dx;
    walk.dy = -walk.dy;
    if (!walk_edges(walk, 9 * unit + 2, back))
        return false;
    *profile = (struct profile){{-back[1], -back[0], ahead[0], ahead[1]}};
    return is_finder(profile);
}

/* --- the list --------------------------------------------------------------*/

static bool is_same(const struct fob_finder *known,
                    const struct fob_finder *finder)
{
    return fabsf(known->x - finder->x) < 1.5F * known->wide &&
           fabsf(known->y - finder->y) < 1.5F * known->high;
}

static void enter_finder(struct fob_finders *finders,
                         const struct fob_finder *finder)
{
    for (size_t i = 0; i < finders->count; i++) {
        struct fob_finder *known = &finders->list[i];
        float share;

        if (!is_same(known, finder))
            continue;
        share = 1 / (float)++known->hits;
        known->x += (finder->x - known->x) * share;
        known->y += (finder->y - known->y) * share;
        known->wide += (finder->wide - known->wide) * share;
        known->high += (finder->high - known->high) * share;
        return;
    }
    if (finders->count < FOB_FINDERS_MAX)
        finders->list[finders->count++] = *finder;
}

/* A profile along a row is one of a finder pattern when those down the column
 * and along both diagonals are, too: squares in squares look so from any side,
 * however they are turned. */
static void look_closer(const struct fob_ground *ground,
                        const struct profile *row, uint32_t y,
                        struct fob_finders *finders)
{
    struct walk walk = {.ground = ground,
                        .x = (int32_t)middle_of(row),
                        .y = (int32_t)y,
                        .dy = 1};
    struct profile across, down, falling, rising;
    float unit = 2 * unit_of(row), middle;

    if (!find_profile(walk, unit, &down))
        return;
    middle = (float)walk.y + 0.5F + middle_of(&down);
    walk = (struct walk){ground, walk.x, (int32_t)middle, 1, 0};
    if (!find_profile(walk, unit, &across))
        return;
    walk.x = (int32_t)((float)walk.x + 0.5F + middle_of(&across));
    walk.dy = 1;
    if (!find_profile(walk, unit, &falling))
        return;
    walk.dy = -1;
    if (!find_profile(walk, unit, &rising))
        return;
    enter_finder(finders,
                 &(struct fob_finder){
                     .x = floorf(middle_of(row)) + 0.5F + middle_of(&across),
                     .y = middle,
                     .wide = unit_of(&across),
                     .high = unit_of(&down),
                     .hits = 1,
                 });
}

/* --- the rows --------------------------------------------------------------*/

static unsigned scan_row(const struct fob_ground *ground, uint32_t y,
                         struct fob_finders *finders)
{
    float edges[5] = {0};
    int before = fob_ground_pixel(ground, 0, y);
    unsigned looks = 0, seen = 0;

    for (uint32_t x = 1; x < ground->image->width; x++) {
        int now = fob_ground_pixel(ground, x, y);

        if ((now < 0) != (before < 0)) {
            struct profile row;

            for (int i = 0; i < 4; i++)
                edges[i] = edges[i + 1];
            edges[4] = (float)x - 0.5F + (float)before / (float)(before - now);
            row = (struct profile){{edges[1], edges[2], edges[3], edges[4]}};
            if (++seen >= 4 && now < 0 && is_finder(&row) &&
                edges[1] - edges[0] > 0.4F * unit_of(&row)) {
                look_closer(ground, &row, y, finders);
                looks++;
            }
        }
        before = now;
    }
    return looks;
}

static int compare_hits(const void *a, const void *b)
{
    const struct fob_finder *one = a, *other = b;

    return (one->hits < other->hits) - (one->hits > other->hits);
}

void fob_finders_find(const struct fob_ground *ground,
                      struct fob_finders *finders)
{
    unsigned looks = 0;

    finders->count = 0;
    for (uint32_t y = 0; y < ground->image->height; y++) {
        looks += scan_row(ground, y, finders);
        if (looks > FOB_FINDER_LOOKS_MAX)
            break;
    }
    qsort(finders->list, finders->count, sizeof(*finders->list), compare_hits);
    while (finders->count > 0 &&
           finders->list[finders->count - 1].hits < ROW_HITS_MIN)
        finders->count--;
}
