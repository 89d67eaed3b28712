/* SPDX-License-Identifier: MIT */
#include "host/qr/view.h"

#include "tests/lib/tap.h"

enum { SIDE = 8, MARGIN = FOB_VIEW_MARGIN };

static struct fob_image checks(uint8_t dark, uint8_t light)
{
    struct fob_image image = {0};
    struct fob_error error = {0};

    if (fob_image_alloc(&image, SIDE, SIDE + 1, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    for (uint32_t y = 0; y < image.height; y++)
        for (uint32_t x = 0; x < image.width; x++)
            fob_image_row(&image, y)[x] = (x / 2 + y / 2) % 2 ? light : dark;
    return image;
}

/* What a pixel of the picture must be in the view, levels spread. */
static uint8_t want(const struct fob_view *view, uint32_t y, uint32_t x)
{
    bool light = (x / view->enlarge * view->reduce / 2 +
                  y / view->enlarge * view->reduce / 2) %
                 2;

    return light != view->invert ? 0xff : 0x00;
}

static bool margin_is_white(const struct fob_image *made)
{
    for (uint32_t y = 0; y < made->height; y++)
        for (uint32_t x = 0; x < made->width; x++) {
            bool inside = x >= MARGIN && x < made->width - MARGIN &&
                          y >= MARGIN && y < made->height - MARGIN;

            if (!inside && fob_image_row(made, y)[x] != 0xff)
                return false;
        }
    return true;
}

static bool inside_is_right(const struct fob_view *view,
                            const struct fob_image *made)
{
    for (uint32_t y = 0; y < made->height - 2 * MARGIN; y++)
        for (uint32_t x = 0; x < made->width - 2 * MARGIN; x++)
            if (fob_image_row(made, y + MARGIN)[x + MARGIN] != want(view, y, x))
                return false;
    return true;
}

static void test_view(uint32_t enlarge, uint32_t reduce, bool invert)
{
    struct fob_image image = checks(100, 140), made = {0};
    struct fob_view view = {enlarge, reduce, invert};
    struct fob_error error = {0};

    tap_ok(fob_view_make(&image, &view, &made, &error) == FOB_OK &&
               made.width == SIDE / reduce * enlarge + 2 * MARGIN &&
               made.height == (SIDE + 1) / reduce * enlarge + 2 * MARGIN,
           "enlarged %u, reduced %u%s: size", enlarge, reduce,
           invert ? ", inverted" : "");
    tap_ok(margin_is_white(&made), "the margin is white");
    tap_ok(inside_is_right(&view, &made), "the picture is spread to 0..255");
    fob_image_free(&image);
    fob_image_free(&made);
    tap_ok(made.pixels == NULL && made.width == 0, "a freed image is empty");
}

static void test_mean(void)
{
    struct fob_image image = checks(0, 200), made = {0};
    struct fob_view view = {1, 4, false};
    struct fob_error error = {0};

    image.pixels[SIDE * SIDE] = 255; /* a row that no square reaches */
    tap_ok(fob_view_make(&image, &view, &made, &error) == FOB_OK &&
               fob_image_row(&made, MARGIN)[MARGIN] == 100,
           "a square becomes its mean");
    fob_image_free(&image);
    fob_image_free(&made);
}

static void test_origin(void)
{
    struct fob_view twice = {2, 1, false}, third = {1, 3, false};

    tap_ok(fob_view_origin(&twice, MARGIN + 10, 100) == 5, "enlarged");
    tap_ok(fob_view_origin(&third, MARGIN + 10, 100) == 30, "reduced");
    tap_ok(fob_view_origin(&third, MARGIN + 90, 100) == 100, "cut to the side");
    tap_ok(fob_view_origin(&third, -5, 100) == 0, "cut to 0");
}

int main(void)
{
    for (int invert = 0; invert < 2; invert++) {
        test_view(1, 1, invert);
        test_view(2, 1, invert);
        test_view(3, 1, invert);
        test_view(1, 2, invert);
    }
    test_mean();
    test_origin();
    return tap_done();
}
