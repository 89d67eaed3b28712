/* SPDX-License-Identifier: MIT */
#include "host/qr/find/grid.h"

#include "host/qr/find/alignment.h"

#include <math.h>
#include <stdlib.h>

enum { EYE_AT = 7 }; /* half modules from the edge to a finder's middle */

/* Weights tried for one direction: from 1/NEAR to NEAR. */
static const float WEIGHT_NEAR = 2.6F;
/* Below it there is no code, and no need to look closer. */
static const float FIT_LEAST = 0.3F;

/* What was expected at points, and what was there. */
struct tally {
    const struct fob_ground *ground;
    const struct fob_grid *grid;
    int probes; /* in each module: 1, its middle, or PROBES */
    float agreed;
    float seen;
};

bool fob_grid_point(const struct fob_grid *grid, float x, float y,
                    float picture[static 2])
{
    float span = (float)(grid->side - EYE_AT);
    float s = (x - EYE_AT / 2.0F) / span, t = (y - EYE_AT / 2.0F) / span;
    float corner = 1 - s - t;
    float right = s * grid->right_weight, below = t * grid->below_weight;
    float sum = corner + right + below;

    if (!(sum > 0.02F))
        return false;
    picture[0] = (corner * grid->corner->x + right * grid->right->x +
                  below * grid->below->x) /
                 sum;
    picture[1] = (corner * grid->corner->y + right * grid->right->y +
                  below * grid->below->y) /
                 sum;
    return true;
}

/* The middle of a module, then points towards its corners, which tell whether
 * the grid has it in the middle. */
static const float probes[][2] = {
    {0.5F, 0.5F}, {0.2F, 0.2F}, {0.8F, 0.2F}, {0.2F, 0.8F}, {0.8F, 0.8F},
};
enum { PROBES = sizeof(probes) / sizeof(*probes) };

static void count_module(struct tally *tally, int x, int y, bool is_dark)
{
    for (int i = 0; i < tally->probes; i++) {
        float at[2], light;

        if (!fob_grid_point(tally->grid, (float)x + probes[i][0],
                            (float)y + probes[i][1], at)) {
            tally->seen += 255;
            return;
        }
        light = fob_ground_point(tally->ground, at[0], at[1]);
        tally->agreed += is_dark ? -light : light;
        tally->seen += fabsf(light);
    }
}

static float judge_tally(const struct tally *tally)
{
    return tally->seen > 0 ? tally->agreed / tally->seen : 0;
}

static void count_timing(struct tally *tally, bool is_row)
{
    for (int i = 8; i < tally->grid->side - 8; i++)
        count_module(tally, is_row ? i : 6, is_row ? 6 : i, i % 2 == 0);
}

/* Squares in squares around a module. */
static void count_rings(struct tally *tally, int x, int y, int reach,
                        int light_ring)
{
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++) {
            int ring = abs(dx) > abs(dy) ? abs(dx) : abs(dy);

            count_module(tally, x + dx, y + dy, ring != light_ring);
        }
}

static void count_finders(struct tally *tally)
{
    int last = tally->grid->side - 4;

    count_rings(tally, 3, 3, 3, 2);
    count_rings(tally, last, 3, 3, 2);
    count_rings(tally, 3, last, 3, 2);
}

static void count_alignment(struct tally *tally)
{
    int places[FOB_ALIGNMENT_MAX];
    int count = fob_alignment_places(tally->grid->side, places);
    int last = tally->grid->side - 7;

    for (int i = 0; i < count * count; i++) {
        int x = places[i % count], y = places[i / count];

        if ((x == 6 && (y == 6 || y == last)) || (y == 6 && x == last))
            continue; /* a finder pattern is there */
        count_rings(tally, x, y, 2, 1);
    }
}

/* The patterns' agreement with the picture. */
static float judge_grid(const struct fob_ground *ground,
                        const struct fob_grid *grid, int probe_count)
{
    struct tally tally = {ground, grid, probe_count, 0, 0};

    count_finders(&tally);
    count_timing(&tally, true);
    count_timing(&tally, false);
    count_alignment(&tally);
    return judge_tally(&tally);
}

/* The weight with which one timing pattern is seen best, and how well. */
static float find_weight(const struct fob_ground *ground, struct fob_grid *grid,
                         float *weight, bool is_row)
{
    float step = 1 + 0.9F / (float)grid->side, best = 1, fit = -1;

    for (*weight = 1 / WEIGHT_NEAR; *weight < WEIGHT_NEAR; *weight *= step) {
        struct tally tally = {ground, grid, 1, 0, 0};
        float now;

        count_timing(&tally, is_row);
        now = judge_tally(&tally);
        if (now > fit) {
            fit = now;
            best = *weight;
        }
    }
    *weight = best;
    return fit;
}

/* Both weights to and fro while that is for the better. */
static void refine_weights(const struct fob_ground *ground,
                           struct fob_grid *grid)
{
    grid->fit = judge_grid(ground, grid, PROBES);
    for (float step = 0.02F; step > 0.001F; step /= 2)
        for (int i = 0; i < 8; i++) {
            struct fob_grid tried = *grid;
            float *weight =
                i % 4 < 2 ? &tried.right_weight : &tried.below_weight;

            *weight *= i % 2 == 0 ? 1 + step : 1 - step;
            tried.fit = judge_grid(ground, &tried, PROBES);
            if (tried.fit > grid->fit)
                *grid = tried;
        }
}

/* A map that keeps lines straight changes areas by the cube of a weight. */
static float guess_weight(const struct fob_finder *corner,
                          const struct fob_finder *other)
{
    return cbrtf(corner->wide * corner->high / (other->wide * other->high));
}

static void fit_side(const struct fob_ground *ground, struct fob_grid *grid)
{
    grid->right_weight = guess_weight(grid->corner, grid->right);
    grid->below_weight = guess_weight(grid->corner, grid->below);
    grid->fit = find_weight(ground, grid, &grid->right_weight, true);
    if (grid->fit < FIT_LEAST)
        return;
    (void)find_weight(ground, grid, &grid->below_weight, false);
    (void)find_weight(ground, grid, &grid->right_weight, true);
    grid->fit = judge_grid(ground, grid, 1);
    if (grid->fit >= FIT_LEAST)
        refine_weights(ground, grid);
    grid->fit = judge_grid(ground, grid, 1);
}

void fob_grid_fit(const struct fob_ground *ground, float side,
                  struct fob_grid *grid)
{
    int middle = (int)(side / FOB_GRID_STEP) * FOB_GRID_STEP + 1;
    int reach = FOB_GRID_STEP * (2 + middle / 60);
    struct fob_grid best = *grid;

    best.fit = -1;
    for (int at = middle - reach; at <= middle + reach; at += FOB_GRID_STEP) {
        struct fob_grid tried = *grid;

        if (at < FOB_GRID_SIDE_MIN || at > FOB_GRID_SIDE_MAX)
            continue;
        tried.side = at;
        fit_side(ground, &tried);
        if (tried.fit > best.fit)
            best = tried;
    }
    *grid = best;
}
