/* SPDX-License-Identifier: MIT */
#include "host/qr/find/ground.h"

#include "src/wipe.h"

#include <stdlib.h>

/* The sums of what is around a row, column by column, as rows come and go. */
static void move_sums(const struct fob_image *image, uint32_t row, int sign,
                      uint32_t *sums)
{
    const uint8_t *pixels = fob_image_row(image, row);

    for (uint32_t x = 0; x < image->width; x++)
        sums[x] += sign > 0 ? pixels[x] : 0u - pixels[x];
}

static void draw_means(const uint32_t *sums, uint32_t rows, uint32_t width,
                       uint8_t *means)
{
    uint32_t sum = 0, columns = 0;

    for (uint32_t x = 0; x < width + FOB_GROUND_REACH; x++) {
        if (x < width) {
            sum += sums[x];
            columns++;
        }
        if (x > 2 * FOB_GROUND_REACH) {
            sum -= sums[x - 2 * FOB_GROUND_REACH - 1];
            columns--;
        }
        if (x >= FOB_GROUND_REACH)
            means[x - FOB_GROUND_REACH] = (uint8_t)(sum / (columns * rows));
    }
}

static void draw_light(const struct fob_image *image, uint32_t *sums,
                       struct fob_image *light)
{
    uint32_t rows = 0;

    for (uint32_t y = 0; y < image->height + FOB_GROUND_REACH; y++) {
        if (y < image->height) {
            move_sums(image, y, 1, sums);
            rows++;
        }
        if (y > 2 * FOB_GROUND_REACH) {
            move_sums(image, y - 2 * FOB_GROUND_REACH - 1, -1, sums);
            rows--;
        }
        if (y >= FOB_GROUND_REACH)
            draw_means(sums, rows, image->width,
                       fob_image_row(light, y - FOB_GROUND_REACH));
    }
}

enum fob_status fob_ground_make(const struct fob_image *image,
                                struct fob_ground *ground,
                                struct fob_error *error)
{
    uint32_t *sums = calloc(image->width, sizeof(*sums));
    enum fob_status status;

    if (sums == NULL)
        return fob_error_no_memory(error);
    status =
        fob_image_alloc(&ground->light, image->width, image->height, error);
    if (status == FOB_OK) {
        draw_light(image, sums, &ground->light);
        ground->image = image;
    }
    fob_wipe(sums, image->width * sizeof(*sums));
    free(sums);
    return status;
}

void fob_ground_free(struct fob_ground *ground)
{
    fob_image_free(&ground->light);
    *ground = (struct fob_ground){0};
}

/* The pixel left of (or above) a place and how far it is behind it. */
static uint32_t find_pixel(float at, uint32_t side, float *behind)
{
    uint32_t pixel;

    at -= 0.5F;
    *behind = 0;
    if (!(at > 0) || side < 2)
        return 0;
    if (at >= (float)(side - 1)) {
        *behind = 1;
        return side - 2;
    }
    pixel = (uint32_t)at;
    *behind = at - (float)pixel;
    return pixel;
}

float fob_ground_point(const struct fob_ground *ground, float x, float y)
{
    uint32_t width = ground->image->width, height = ground->image->height;
    float right, below;
    uint32_t left = find_pixel(x, width, &right);
    uint32_t top = find_pixel(y, height, &below);
    uint32_t next = left + 1 < width ? left + 1 : left;
    uint32_t under = top + 1 < height ? top + 1 : top;
    float upper = (float)fob_ground_pixel(ground, left, top) * (1 - right) +
                  (float)fob_ground_pixel(ground, next, top) * right;
    float lower = (float)fob_ground_pixel(ground, left, under) * (1 - right) +
                  (float)fob_ground_pixel(ground, next, under) * right;

    return upper * (1 - below) + lower * below;
}
