/* SPDX-License-Identifier: MIT */
#include "host/qr/view.h"

#include <string.h>

/* The table that spreads the picture's greys over all of 0 to 255: a faint
 * code would be lost beside the white of the margin. */
static void view_levels(const struct fob_image *image, bool invert,
                        uint8_t levels[256])
{
    size_t size = (size_t)image->width * image->height;
    uint8_t darkest = 0xff, lightest = 0x00;

    for (size_t i = 0; i < size; i++) {
        uint8_t grey = image->pixels[i];

        darkest = grey < darkest ? grey : darkest;
        lightest = grey > lightest ? grey : lightest;
    }
    memset(levels, 0xff, 256);
    for (int grey = darkest; grey < lightest; grey++)
        levels[grey] = (uint8_t)((grey - darkest) * 255 / (lightest - darkest));
    for (int grey = darkest; invert && grey <= lightest; grey++)
        levels[grey] ^= 0xff;
}

/* The mean of one square of the picture. */
static uint8_t view_mean(const struct fob_image *image, uint32_t left,
                         uint32_t top, uint32_t side)
{
    uint32_t sum = 0;

    for (uint32_t y = top; y < top + side; y++)
        for (uint32_t x = left; x < left + side; x++)
            sum += fob_image_row(image, y)[x];
    return (uint8_t)(sum / (side * side));
}

static void view_draw_row(const struct fob_image *image,
                          const struct fob_view *view,
                          const uint8_t levels[256], uint32_t top, uint8_t *row)
{
    uint32_t columns = image->width / view->reduce;

    for (uint32_t column = 0; column < columns; column++) {
        uint8_t grey =
            view_mean(image, column * view->reduce, top, view->reduce);

        for (uint32_t i = 0; i < view->enlarge; i++)
            *row++ = levels[grey];
    }
}

/* Between two rows of pixels, `below` of 2 * enlarge behind the first. */
static void draw_smooth_row(const struct fob_image *image,
                            const struct fob_view *view,
                            const uint8_t levels[256], uint32_t y, uint8_t *row)
{
    uint32_t parts = 2 * view->enlarge, width = image->width * view->enlarge;
    uint32_t at_y = 2 * y + 1 > view->enlarge ? 2 * y + 1 - view->enlarge : 0;
    uint32_t top = at_y / parts, below = at_y % parts;
    const uint8_t *upper = fob_image_row(image, top);
    const uint8_t *lower =
        fob_image_row(image, top + 1 < image->height ? top + 1 : top);

    for (uint32_t x = 0; x < width; x++) {
        uint32_t at = 2 * x + 1 > view->enlarge ? 2 * x + 1 - view->enlarge : 0;
        uint32_t left = at / parts, behind = at % parts;
        uint32_t next = left + 1 < image->width ? left + 1 : left;
        uint32_t one = upper[left] * (parts - behind) + upper[next] * behind;
        uint32_t two = lower[left] * (parts - behind) + lower[next] * behind;

        row[x] =
            levels[(one * (parts - below) + two * below) / (parts * parts)];
    }
}

static uint8_t darker_of(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* To the left and upwards, pixel by pixel. */
static void grow_dark(const struct fob_image *made)
{
    for (uint32_t y = 0; y < made->height; y++) {
        uint8_t *row = fob_image_row(made, y);

        for (uint32_t x = 0; x + 1 < made->width; x++)
            row[x] = darker_of(row[x], row[x + 1]);
    }
    for (uint32_t y = 0; y + 1 < made->height; y++) {
        uint8_t *row = fob_image_row(made, y);
        const uint8_t *below = fob_image_row(made, y + 1);

        for (uint32_t x = 0; x < made->width; x++)
            row[x] = darker_of(row[x], below[x]);
    }
}

enum fob_status fob_view_make(const struct fob_image *image,
                              const struct fob_view *view,
                              struct fob_image *made, struct fob_error *error)
{
    uint32_t width = image->width / view->reduce * view->enlarge;
    uint32_t height = image->height / view->reduce * view->enlarge;
    enum fob_status status = fob_image_alloc(made, width + 2 * view->margin,
                                             height + 2 * view->margin, error);
    uint8_t levels[256];

    if (status != FOB_OK)
        return status;
    view_levels(image, view->invert, levels);
    for (uint32_t y = 0; y < height; y++)
        if (view->is_smooth)
            draw_smooth_row(image, view, levels, y,
                            fob_image_row(made, y + view->margin) +
                                view->margin);
        else
            view_draw_row(image, view, levels, y / view->enlarge * view->reduce,
                          fob_image_row(made, y + view->margin) + view->margin);
    for (uint32_t i = 0; i < view->grow; i++)
        grow_dark(made);
    return FOB_OK;
}

uint32_t fob_view_origin(const struct fob_view *view, int at, uint32_t side)
{
    int64_t inside = (int64_t)at - view->margin;
    int64_t origin = inside * view->reduce / view->enlarge;

    if (origin < 0)
        return 0;
    return origin > (int64_t)side ? side : (uint32_t)origin;
}
