/* SPDX-License-Identifier: MIT */
#include "host/qr/view.h"

#include "tests/lib/tap.h"

#include <stdlib.h>

enum { SIDE = 8, MARGIN = 32 };

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

static bool margin_is_white(const struct fob_view *view,
                            const struct fob_image *made)
{
    for (uint32_t y = 0; y < made->height; y++)
        for (uint32_t x = 0; x < made->width; x++) {
            bool inside = x >= view->margin && x < made->width - view->margin &&
                          y >= view->margin && y < made->height - view->margin;

            if (!inside && fob_image_row(made, y)[x] != 0xff)
                return false;
        }
    return true;
}

static bool inside_is_right(const struct fob_view *view,
                            const struct fob_image *made)
{
    uint32_t margin = view->margin;

    for (uint32_t y = 0; y < made->height - 2 * margin; y++)
        for (uint32_t x = 0; x < made->width - 2 * margin; x++)
            if (fob_image_row(made, y + margin)[x + margin] != want(view, y, x))
                return false;
    return true;
}

static void test_view(const struct fob_view *view)
{
    struct fob_image image = checks(100, 140), made = {0};
    struct fob_error error = {0};

    tap_ok(fob_view_make(&image, view, &made, &error) == FOB_OK &&
               made.width ==
                   SIDE / view->reduce * view->enlarge + 2 * view->margin &&
               made.height ==
                   (SIDE + 1) / view->reduce * view->enlarge + 2 * view->margin,
           "enlarged %u, reduced %u, margin %u%s: size", view->enlarge,
           view->reduce, view->margin, view->invert ? ", inverted" : "");
    tap_ok(margin_is_white(view, &made), "the margin is white");
    tap_ok(inside_is_right(view, &made), "the picture is spread to 0..255");
    fob_image_free(&image);
    fob_image_free(&made);
    tap_ok(made.pixels == NULL && made.width == 0, "a freed image is empty");
}

/* Halfway between two pixels is their mean; the edges are like the last. */
static void test_smooth(void)
{
    static const uint8_t want_smooth[] = {0, 32, 96, 159, 223, 255};
    struct fob_image image = {0}, made = {0};
    struct fob_view view = {.enlarge = 2, .reduce = 1, .is_smooth = true};
    struct fob_error error = {0};

    if (fob_image_alloc(&image, 3, 1, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    image.pixels[0] = 0;
    image.pixels[1] = 0x80;
    tap_ok(fob_view_make(&image, &view, &made, &error) == FOB_OK &&
               made.width == 6 && made.height == 2,
           "smooth: size");
    for (uint32_t i = 0; i < 6; i++)
        tap_ok(abs(made.pixels[i] - want_smooth[i]) <= 1 &&
                   made.pixels[6 + i] == made.pixels[i],
               "smooth: pixel %u", i);
    fob_image_free(&image);
    fob_image_free(&made);
}

/* A dark pixel takes in what is left of it and above. */
static void test_grow(void)
{
    struct fob_image image = {0}, made = {0};
    struct fob_view view = {.enlarge = 1, .reduce = 1, .margin = 2, .grow = 2};
    struct fob_error error = {0};
    size_t wrong = 0;

    if (fob_image_alloc(&image, 9, 9, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    fob_image_row(&image, 5)[6] = 0;
    tap_ok(fob_view_make(&image, &view, &made, &error) == FOB_OK, "grown");
    for (uint32_t y = 0; y < made.height; y++)
        for (uint32_t x = 0; x < made.width; x++) {
            bool dark = x >= 6 && x <= 8 && y >= 5 && y <= 7;

            wrong += fob_image_row(&made, y)[x] != (dark ? 0x00 : 0xff);
        }
    tap_ok(wrong == 0, "by two pixels");
    fob_image_free(&image);
    fob_image_free(&made);
}

static void test_mean(void)
{
    struct fob_image image = checks(0, 200), made = {0};
    struct fob_view view = {.enlarge = 1, .reduce = 4, .margin = MARGIN};
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
    struct fob_view twice = {.enlarge = 2, .reduce = 1, .margin = MARGIN};
    struct fob_view third = {.enlarge = 1, .reduce = 3, .margin = MARGIN};
    struct fob_view bare = {.enlarge = 1, .reduce = 3};

    tap_ok(fob_view_origin(&twice, MARGIN + 10, 100) == 5, "enlarged");
    tap_ok(fob_view_origin(&third, MARGIN + 10, 100) == 30, "reduced");
    tap_ok(fob_view_origin(&third, MARGIN + 90, 100) == 100, "cut to the side");
    tap_ok(fob_view_origin(&third, -5, 100) == 0, "cut to 0");
    tap_ok(fob_view_origin(&bare, 10, 100) == 30, "without a margin");
}

int main(void)
{
    static const uint32_t sizes[][2] = {{1, 1}, {2, 1}, {3, 1}, {1, 2}};

    for (int i = 0; i < 16; i++)
        test_view(&(struct fob_view){.enlarge = sizes[i % 4][0],
                                     .reduce = sizes[i % 4][1],
                                     .margin = i & 4 ? MARGIN : 0,
                                     .invert = (i & 8) != 0});
    test_smooth();
    test_grow();
    test_mean();
    test_origin();
    return tap_done();
}
