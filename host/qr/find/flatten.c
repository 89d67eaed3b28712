/* SPDX-License-Identifier: MIT */
#include "host/qr/find/flatten.h"

#include <math.h>

enum { PROBES = 3 }; /* a side, a tenth of a module apart */

/* How light a place of the code is; what the lens does not show is light. */
static float look_at(const struct fob_ground *ground,
                     const struct fob_grid *grid, float x, float y)
{
    float at[2];

    if (!fob_grid_point(grid, x, y, at))
        return 255;
    return fob_ground_point(ground, at[0], at[1]);
}

static float look_at_module(const struct fob_ground *ground,
                            const struct fob_grid *grid, int x, int y)
{
    float sum = 0;

    for (int i = 0; i < PROBES * PROBES; i++) {
        int column = i % PROBES, row = i / PROBES;

        sum +=
            look_at(ground, grid, (float)x + 0.5F + 0.1F * (float)(column - 1),
                    (float)y + 0.5F + 0.1F * (float)(row - 1));
    }
    return sum / (PROBES * PROBES);
}

/* What is dark in the finder patterns' eyes is black in the result. */
static float measure_contrast(const struct fob_ground *ground,
                              const struct fob_grid *grid)
{
    float sum = 0;

    for (int i = 8; i < grid->side - 8; i++)
        sum += fabsf(look_at_module(ground, grid, i, 6));
    return fmaxf(1, sum / (float)(grid->side - 16));
}

static uint8_t shade_of(float light, float contrast)
{
    float shade = 128 + 100 * light / contrast;

    if (!(shade > 0))
        return 0;
    return shade < 255 ? (uint8_t)shade : 255;
}

/* Out of focus a module has its share of the light of those beside it. */
static float look_sharply(const struct fob_ground *ground,
                          const struct fob_grid *grid, int x, int y)
{
    static const float share = 0.7F;
    float around = look_at_module(ground, grid, x - 1, y) +
                   look_at_module(ground, grid, x + 1, y) +
                   look_at_module(ground, grid, x, y - 1) +
                   look_at_module(ground, grid, x, y + 1);

    return look_at_module(ground, grid, x, y) - share * around / 4;
}

static void draw_square(int x, int y, uint8_t shade,
                        const struct fob_image *made)
{
    for (int i = 0; i < FOB_FLATTEN_SCALE * FOB_FLATTEN_SCALE; i++) {
        int column = x * FOB_FLATTEN_SCALE + i % FOB_FLATTEN_SCALE;
        int row = y * FOB_FLATTEN_SCALE + i / FOB_FLATTEN_SCALE;

        fob_image_row(
            made,
            (uint32_t)(row + FOB_FLATTEN_MARGIN))[column + FOB_FLATTEN_MARGIN] =
            shade;
    }
}

static void draw_modules(const struct fob_ground *ground,
                         const struct fob_grid *grid, bool is_sharp,
                         const struct fob_image *made)
{
    for (int i = 0; i < grid->side * grid->side; i++) {
        int x = i % grid->side, y = i / grid->side;
        float light = is_sharp ? look_sharply(ground, grid, x, y)
                               : look_at_module(ground, grid, x, y);

        draw_square(x, y, light < 0 ? 0x00 : 0xff, made);
    }
}

static void draw_shades(const struct fob_ground *ground,
                        const struct fob_grid *grid, struct fob_image *made)
{
    float contrast = measure_contrast(ground, grid);
    int side = grid->side * FOB_FLATTEN_SCALE;

    for (int y = 0; y < side; y++) {
        uint8_t *row = fob_image_row(made, (uint32_t)(y + FOB_FLATTEN_MARGIN)) +
                       FOB_FLATTEN_MARGIN;

        for (int x = 0; x < side; x++)
            row[x] = shade_of(look_at(ground, grid,
                                      ((float)x + 0.5F) / FOB_FLATTEN_SCALE,
                                      ((float)y + 0.5F) / FOB_FLATTEN_SCALE),
                              contrast);
    }
}

enum fob_status fob_flatten(const struct fob_ground *ground,
                            const struct fob_grid *grid,
                            enum fob_flatten_way way, struct fob_image *made,
                            struct fob_error *error)
{
    uint32_t side =
        (uint32_t)(grid->side * FOB_FLATTEN_SCALE + 2 * FOB_FLATTEN_MARGIN);
    enum fob_status status = fob_image_alloc(made, side, side, error);

    if (status != FOB_OK)
        return status;
    if (way == FOB_FLATTEN_SHADES)
        draw_shades(ground, grid, made);
    else
        draw_modules(ground, grid, way == FOB_FLATTEN_SHARP, made);
    return FOB_OK;
}
