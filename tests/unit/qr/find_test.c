/* SPDX-License-Identifier: MIT */
/* Codes by libqrencode, seen through a lens that this test knows: where they
 * are is found to a fraction of a module. */
#include "host/base/secret.h"
#include "host/qr/find/alignment.h"
#include "host/qr/find/flatten.h"
#include "host/qr/find/trio.h"

#include "tests/lib/tap.h"

#include <math.h>
#include <stdlib.h>

#include <qrencode.h>

enum { PICTURE = 600, ALIGNMENT_BIT = 0x20 };

static struct fob_error error;

/* A map of the unit square that keeps lines straight. */
struct lens {
    const char *name;
    double x[3]; /* x = (x[0] + x[1] u + x[2] v) / (1 + z[0] u + z[1] v) */
    double y[3];
    double z[2];
};

static const struct lens lenses[] = {
    {"straight", {100, 400, 0}, {100, 0, 400}, {0, 0}},
    {"small", {260, 150, 0}, {250, 0, 150}, {0, 0}},
    {"turned", {300, 200, -200}, {50, 200, 200}, {0, 0}},
    {"upside down", {500, -400, 0}, {500, 0, -400}, {0, 0}},
    {"sheared", {80, 380, 60}, {70, 20, 420}, {0, 0}},
    {"mirrored", {500, -400, 0}, {100, 0, 400}, {0, 0}},
    {"tilted down", {100, 400, -60}, {80, 10, 290}, {0, -0.25}},
    {"tilted aside", {60, 700, 30}, {100, 60, 400}, {0.5, 0}},
    {"tilted and turned", {280, 180, -200}, {60, 150, 230}, {-0.15, 0.15}},
};

static void look_through(const struct lens *lens, double u, double v,
                         double at[static 2])
{
    double sum = 1 + lens->z[0] * u + lens->z[1] * v;

    at[0] = (lens->x[0] + lens->x[1] * u + lens->x[2] * v) / sum;
    at[1] = (lens->y[0] + lens->y[1] * u + lens->y[2] * v) / sum;
}

/* The way back: three equations of lines meet. */
static bool look_back(const struct lens *lens, double x, double y,
                      double at[static 2])
{
    double a = lens->x[1] - x * lens->z[0], b = lens->x[2] - x * lens->z[1];
    double c = lens->y[1] - y * lens->z[0], d = lens->y[2] - y * lens->z[1];
    double e = x - lens->x[0], f = y - lens->y[0], det = a * d - b * c;

    at[0] = (e * d - b * f) / det;
    at[1] = (a * f - e * c) / det;
    return at[0] >= 0 && at[0] < 1 && at[1] >= 0 && at[1] < 1;
}

/* The mean of 16 points a pixel, under a light that falls off. */
static void draw_pixel(const struct lens *lens, const QRcode *code,
                       uint8_t page, int x, int y, uint8_t *pixel)
{
    double sum = 0;

    for (int i = 0; i < 16; i++) {
        double at[2];
        int column, row;

        if (!look_back(lens, x + (i % 4 + 0.5) / 4, y + (i / 4 + 0.5) / 4,
                       at)) {
            sum += page;
            continue;
        }
        column = (int)(at[0] * code->width);
        row = (int)(at[1] * code->width);
        sum += code->data[row * code->width + column] & 1 ? 20 : 240;
    }
    *pixel = (uint8_t)(sum / 16 * (1 - x / (2.0 * PICTURE)));
}

static struct fob_image picture_of(const struct lens *lens, const QRcode *code,
                                   uint8_t page)
{
    struct fob_image image = {0};

    if (fob_image_alloc(&image, PICTURE, PICTURE, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    for (int y = 0; y < PICTURE; y++)
        for (int x = 0; x < PICTURE; x++)
            draw_pixel(lens, code, page, x, y,
                       &fob_image_row(&image, (uint32_t)y)[x]);
    return image;
}

/* How far off the grid's corners are, in modules; a mirrored code's grid is
 * mirrored, too. */
static double miss_of(const struct lens *lens, const struct fob_grid *grid)
{
    bool swapped = lens->x[1] * lens->y[2] < lens->x[2] * lens->y[1];
    double worst = 0;

    for (int i = 0; i < 4; i++) {
        int u = i % 2, v = i / 2;
        float got[2];
        double want[2];

        look_through(lens, swapped ? v : u, swapped ? u : v, want);
        if (!fob_grid_point(grid, (float)(u * grid->side),
                            (float)(v * grid->side), got))
            return INFINITY;
        worst = fmax(worst, hypot(got[0] - want[0], got[1] - want[1]));
    }
    return worst / (hypot(lens->x[1], lens->y[1]) / grid->side);
}

/* All but one in a hundred, which the codes' correction is for. */
static bool modules_are(const struct fob_image *made, const QRcode *code,
                        bool swapped)
{
    int wrong = 0;

    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++) {
            int at = swapped ? x * code->width + y : y * code->width + x;
            uint32_t row = (uint32_t)(y * FOB_FLATTEN_SCALE);
            uint32_t column = (uint32_t)(x * FOB_FLATTEN_SCALE);

            wrong +=
                fob_image_row(made, row + FOB_FLATTEN_MARGIN +
                                        1)[column + FOB_FLATTEN_MARGIN + 1] !=
                (code->data[at] & 1 ? 0x00 : 0xff);
        }
    return wrong * 100 <= code->width * code->width;
}

/* The one of all trios whose patterns fit best. */
static struct fob_grid best_grid(const struct fob_ground *ground,
                                 const struct fob_trios *trios)
{
    struct fob_grid best = {.fit = -1};

    for (size_t i = 0; i < trios->count; i++) {
        const struct fob_trio *trio = &trios->list[i];
        struct fob_grid grid = {
            .corner = trio->corner, .right = trio->right, .below = trio->below};

        fob_grid_fit(ground, trio->side, &grid);
        if (grid.fit > best.fit)
            best = grid;
    }
    return best;
}

static void test_grid(const struct lens *lens, const struct fob_ground *ground,
                      const QRcode *code, const struct fob_grid *grid)
{
    bool swapped = lens->x[1] * lens->y[2] < lens->x[2] * lens->y[1];
    double miss = miss_of(lens, grid);

    tap_ok(grid->side == code->width && grid->fit > 0.9F && miss < 0.8,
           "%s, %d modules: found, %.2f off", lens->name, code->width, miss);
    for (int way = FOB_FLATTEN_MODULES; way <= FOB_FLATTEN_SHARP; way++) {
        struct fob_image made = {0};

        tap_ok(fob_flatten(ground, grid, (enum fob_flatten_way)way, &made,
                           &error) == FOB_OK &&
                   modules_are(&made, code, swapped),
               "and each module is what it is%s",
               way == FOB_FLATTEN_SHARP ? ", sharpened" : "");
        fob_image_free(&made);
    }
}

static void test_lens(const struct lens *lens, int version, uint8_t page)
{
    static const char text[] = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP";
    QRcode *code = QRcode_encodeString8bit(text, version, QR_ECLEVEL_L);
    struct fob_image image = picture_of(lens, code, page);
    static struct fob_finders finders;
    static struct fob_trios trios;
    struct fob_ground ground = {0};
    struct fob_grid grid;

    if (fob_ground_make(&image, &ground, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    fob_finders_find(&ground, &finders);
    fob_trios_find(&finders, &trios);
    tap_ok(finders.count >= 3 && trios.count > 0,
           "%s on %u: three finder patterns are a trio", lens->name, page);
    grid = best_grid(&ground, &trios);
    if (trios.count > 0)
        test_grid(lens, &ground, code, &grid);
    fob_ground_free(&ground);
    fob_image_free(&image);
    QRcode_free(code);
}

/* libqrencode marks what modules are for. */
static bool is_alignment(const int *places, int count, int side, int x, int y)
{
    for (int i = 0; i < count * count; i++) {
        int column = places[i % count], row = places[i / count];
        bool is_finder = (column == 6 && row == 6) ||
                         (column == 6 && row == side - 7) ||
                         (column == side - 7 && row == 6);

        if (!is_finder && abs(x - column) <= 2 && abs(y - row) <= 2)
            return true;
    }
    return false;
}

static void test_alignment(int version)
{
    QRcode *code = QRcode_encodeString8bit("x", version, QR_ECLEVEL_L);
    int places[FOB_ALIGNMENT_MAX];
    int count = fob_alignment_places(code->width, places);
    int wrong = 0;

    for (int i = 0; i < code->width * code->width; i++)
        wrong += is_alignment(places, count, code->width, i % code->width,
                              i / code->width) !=
                 ((code->data[i] & ALIGNMENT_BIT) != 0);
    tap_ok(wrong == 0, "version %d: alignment patterns", version);
    QRcode_free(code);
}

static void test_nothing(uint8_t grey, bool is_noise)
{
    static struct fob_finders finders;
    static struct fob_trios trios;
    struct fob_image image = {0};
    struct fob_ground ground = {0};
    uint32_t state = 5;

    if (fob_image_alloc(&image, 300, 7, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    for (int i = 0; i < 300 * 7; i++) {
        state = state * 1664525 + 1013904223;
        image.pixels[i] = is_noise ? (uint8_t)(state >> 24) : grey;
    }
    if (fob_ground_make(&image, &ground, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    fob_finders_find(&ground, &finders);
    fob_trios_find(&finders, &trios);
    tap_ok(trios.count == 0, "%s has no trio", is_noise ? "noise" : "one grey");
    tap_ok(fob_ground_point(&ground, -50, 3) ==
                   (float)fob_ground_pixel(&ground, 0, 2) * 0.5F +
                       (float)fob_ground_pixel(&ground, 0, 3) * 0.5F &&
               isfinite(fob_ground_point(&ground, 1e9F, -1e9F)),
           "outside is like the edge");
    fob_ground_free(&ground);
    fob_image_free(&image);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    for (int version = 1; version <= 40; version++)
        test_alignment(version);
    for (size_t i = 0; i < sizeof(lenses) / sizeof(*lenses); i++) {
        test_lens(&lenses[i], 11, 240);
        test_lens(&lenses[i], 9, 20);
    }
    test_lens(&lenses[0], 25, 240);
    test_nothing(77, false);
    test_nothing(0, true);
    return tap_done();
}
