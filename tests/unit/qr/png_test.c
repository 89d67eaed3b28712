/* SPDX-License-Identifier: MIT */
/* Every kind of PNG becomes the grey that its colours have on white; every
 * broken one becomes a fault and no image. */
#include "host/qr/picture/png.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#include <png.h>

enum { WIDTH = 13, HEIGHT = 11, COLOURS_MAX = 256 };

struct kind {
    const char *name;
    int colour;
    int depth;
    bool key; /* tRNS: a palette's alphas, or one colour that is clear */
};

static const struct kind kinds[] = {
    {"grey 1", PNG_COLOR_TYPE_GRAY, 1, false},
    {"grey 2", PNG_COLOR_TYPE_GRAY, 2, false},
    {"grey 4", PNG_COLOR_TYPE_GRAY, 4, false},
    {"grey 8", PNG_COLOR_TYPE_GRAY, 8, false},
    {"grey 16", PNG_COLOR_TYPE_GRAY, 16, false},
    {"grey 1 with a clear level", PNG_COLOR_TYPE_GRAY, 1, true},
    {"grey 4 with a clear level", PNG_COLOR_TYPE_GRAY, 4, true},
    {"grey 8 with a clear level", PNG_COLOR_TYPE_GRAY, 8, true},
    {"grey 16 with a clear level", PNG_COLOR_TYPE_GRAY, 16, true},
    {"grey and alpha 8", PNG_COLOR_TYPE_GRAY_ALPHA, 8, false},
    {"grey and alpha 16", PNG_COLOR_TYPE_GRAY_ALPHA, 16, false},
    {"palette 1", PNG_COLOR_TYPE_PALETTE, 1, false},
    {"palette 2", PNG_COLOR_TYPE_PALETTE, 2, false},
    {"palette 4", PNG_COLOR_TYPE_PALETTE, 4, false},
    {"palette 8", PNG_COLOR_TYPE_PALETTE, 8, false},
    {"palette 1 with alphas", PNG_COLOR_TYPE_PALETTE, 1, true},
    {"palette 8 with alphas", PNG_COLOR_TYPE_PALETTE, 8, true},
    {"colour 8", PNG_COLOR_TYPE_RGB, 8, false},
    {"colour 16", PNG_COLOR_TYPE_RGB, 16, false},
    {"colour 8 with a clear colour", PNG_COLOR_TYPE_RGB, 8, true},
    {"colour 16 with a clear colour", PNG_COLOR_TYPE_RGB, 16, true},
    {"colour and alpha 8", PNG_COLOR_TYPE_RGB_ALPHA, 8, false},
    {"colour and alpha 16", PNG_COLOR_TYPE_RGB_ALPHA, 16, false},
};

/* A picture of one kind: samples as they are stored, and the file. */
struct picture {
    const struct kind *kind;
    int interlace;
    int channels;
    uint16_t samples[HEIGHT][WIDTH][4];
    png_color palette[COLOURS_MAX];
    uint8_t alphas[COLOURS_MAX];
    uint8_t file[8192];
    size_t file_len;
};

static uint8_t paper = 0xff;
static uint32_t dice_state = 1;

static unsigned dice(unsigned sides)
{
    dice_state = dice_state * 1664525 + 1013904223;
    return (dice_state >> 8) % sides;
}

static unsigned top_level(const struct kind *kind)
{
    return (1u << kind->depth) - 1;
}

static void picture_throw(struct picture *picture)
{
    for (int i = 0; i < COLOURS_MAX; i++) {
        picture->palette[i].red = (png_byte)dice(256);
        picture->palette[i].green = (png_byte)dice(256);
        picture->palette[i].blue = (png_byte)dice(256);
        picture->alphas[i] = (uint8_t)dice(256);
    }
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < 4; c++)
                picture->samples[y][x][c] =
                    (uint16_t)dice(top_level(picture->kind) + 1);
}

static void picture_take(png_structp png, png_bytep data, size_t len)
{
    struct picture *picture = png_get_io_ptr(png);

    if (len > sizeof(picture->file) - picture->file_len)
        png_error(png, "fixture too large");
    memcpy(picture->file + picture->file_len, data, len);
    picture->file_len += len;
}

static void picture_flush(png_structp png)
{
    (void)png;
}

/* Samples as PNG stores a row: big-endian, or packed from the highest bit. */
static void picture_pack(const struct picture *picture, int y, uint8_t *row)
{
    int depth = picture->kind->depth, bit = 0;

    memset(row, 0, WIDTH * 8);
    for (int x = 0; x < WIDTH; x++)
        for (int c = 0; c < picture->channels; c++, bit += depth) {
            unsigned sample = picture->samples[y][x][c];

            if (depth == 16)
                row[bit / 8] = (uint8_t)(sample >> 8);
            if (depth == 16)
                row[bit / 8 + 1] = (uint8_t)sample;
            else
                row[bit / 8] |= (uint8_t)(sample << (8 - depth - bit % 8));
        }
}

static void picture_write_transparency(struct picture *picture, png_structp png,
                                       png_infop info)
{
    const uint16_t *clear = picture->samples[0][0];
    png_color_16 key = {
        .red = clear[0], .green = clear[1], .blue = clear[2], .gray = clear[0]};
    int colours = 1 << picture->kind->depth;

    if (picture->kind->colour == PNG_COLOR_TYPE_PALETTE)
        png_set_tRNS(png, info, picture->alphas, colours, NULL);
    else
        png_set_tRNS(png, info, NULL, 0, &key);
}

static void picture_write(struct picture *picture)
{
    const struct kind *kind = picture->kind;
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    uint8_t rows[HEIGHT][WIDTH * 8];
    png_bytep starts[HEIGHT];

    png_set_write_fn(png, picture, picture_take, picture_flush);
    png_set_IHDR(png, info, WIDTH, HEIGHT, kind->depth, kind->colour,
                 picture->interlace, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (kind->colour == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, picture->palette, 1 << kind->depth);
    if (kind->key)
        picture_write_transparency(picture, png, info);
    picture->channels = png_get_channels(png, info);
    for (int y = 0; y < HEIGHT; y++) {
        picture_pack(picture, y, rows[y]);
        starts[y] = rows[y];
    }
    png_write_info(png, info);
    png_write_image(png, starts);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
}

static bool picture_is_clear(const struct picture *picture, int y, int x)
{
    bool colour = picture->kind->colour == PNG_COLOR_TYPE_RGB;

    return memcmp(picture->samples[y][x], picture->samples[0][0],
                  (colour ? 3 : 1) * sizeof(uint16_t)) == 0;
}

/* The luminance of sRGB's primaries, laid on paper; 0 to 255. */
static double picture_grey(const struct picture *picture, int y, int x)
{
    const uint16_t *sample = picture->samples[y][x];
    const png_color *colour = &picture->palette[sample[0] & 0xff];
    double top = top_level(picture->kind), r = sample[0] / top, g = r, b = r,
           alpha = 1;

    if (picture->kind->colour & PNG_COLOR_MASK_COLOR) {
        g = sample[1] / top;
        b = sample[2] / top;
    }
    if (picture->kind->colour & PNG_COLOR_MASK_ALPHA)
        alpha = sample[picture->channels - 1] / top;
    if (picture->kind->colour == PNG_COLOR_TYPE_PALETTE) {
        r = colour->red / 255.0;
        g = colour->green / 255.0;
        b = colour->blue / 255.0;
        alpha = picture->kind->key ? picture->alphas[sample[0]] / 255.0 : 1;
    } else if (picture->kind->key && picture_is_clear(picture, y, x)) {
        alpha = 0;
    }
    return 255 * (alpha * (0.2126 * r + 0.7152 * g + 0.0722 * b) +
                  (1 - alpha) * paper / 255.0);
}

static bool picture_is_read(const struct picture *picture,
                            const struct fob_image *image)
{
    if (image->width != WIDTH || image->height != HEIGHT)
        return false;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            double want = picture_grey(picture, y, x);
            double got = fob_image_row(image, (uint32_t)y)[x];

            if (got < want - 2 || got > want + 2) {
                printf("# x %d y %d: got %.0f, want %.1f\n", x, y, got, want);
                return false;
            }
        }
    return true;
}

static enum fob_status read_exact(const uint8_t *data, size_t len,
                                  struct fob_image *image)
{
    uint8_t *copy = exact_copy(data, len);
    struct fob_error error = {0};
    enum fob_status status = fob_png_read(image, paper, copy, len, &error);

    if (status != error.status || (status != FOB_OK) != (*error.text != '\0'))
        printf("Bail out! the fault is error not set\n");
    free(copy);
    return status;
}

static bool may_be_clear(const struct kind *kind)
{
    return kind->key || (kind->colour & PNG_COLOR_MASK_ALPHA) != 0;
}

static void test_kind(const struct kind *kind, int interlace)
{
    struct picture picture = {.kind = kind, .interlace = interlace};
    struct fob_image image = {0};
    enum fob_status status;

    picture_throw(&picture);
    picture_write(&picture);
    status = read_exact(picture.file, picture.file_len, &image);
    tap_ok(status == FOB_OK && picture_is_read(&picture, &image),
           "%s%s is read on %s", kind->name, interlace ? ", interlaced" : "",
           paper ? "white" : "black");
    tap_ok(image.is_clear == may_be_clear(kind), "%s %s an alpha channel",
           kind->name, image.is_clear ? "has" : "has not");
    fob_image_free(&image);
}

/* The last pixel is known before IEND, whose absence harms nobody. */
static void test_cuts(const struct kind *kind)
{
    struct picture picture = {.kind = kind, .interlace = PNG_INTERLACE_ADAM7};
    size_t whole = 0, wrong = 0;

    picture_throw(&picture);
    picture_write(&picture);
    for (size_t len = 8; len < picture.file_len; len++) {
        struct fob_image image = {0};
        enum fob_status status = read_exact(picture.file, len, &image);

        whole += status == FOB_OK && len < picture.file_len - 24;
        wrong += status != FOB_OK && status != FOB_E_TOO_SHORT;
        wrong += status != FOB_OK && image.pixels != NULL;
        fob_image_free(&image);
    }
    tap_ok(whole == 0 && wrong == 0, "%s cut at every length ends early",
           kind->name);
}

static void test_flips(const struct kind *kind)
{
    struct picture picture = {.kind = kind};
    size_t wrong = 0;

    picture_throw(&picture);
    picture_write(&picture);
    for (size_t bit = 0; bit < picture.file_len * 8; bit++) {
        struct fob_image image = {0};
        enum fob_status status;

        picture.file[bit / 8] ^= (uint8_t)(1 << bit % 8);
        status = read_exact(picture.file, picture.file_len, &image);
        picture.file[bit / 8] ^= (uint8_t)(1 << bit % 8);
        wrong += status != FOB_OK && status >> 4 != 8;
        wrong += (status == FOB_OK) != (image.pixels != NULL);
        fob_image_free(&image);
    }
    tap_ok(wrong == 0, "%s with any bit flipped is a fault or a picture",
           kind->name);
}

/* IHDR is bytes 8 to 32: length, type, width, height, ..., CRC. */
static void test_size(uint32_t width, uint32_t height, enum fob_status want)
{
    struct picture picture = {.kind = &kinds[0]};
    struct fob_image image = {0};
    png_uint_32 crc;
    uint8_t *head = picture.file + 16;

    picture_throw(&picture);
    picture_write(&picture);
    png_save_uint_32(head, width);
    png_save_uint_32(head + 4, height);
    crc = 0xffffffff;
    for (const uint8_t *at = picture.file + 12; at < picture.file + 29; at++) {
        crc ^= *at;
        for (int i = 0; i < 8; i++)
            crc = crc & 1 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
    }
    png_save_uint_32(picture.file + 29, crc ^ 0xffffffff);
    tap_ok(read_exact(picture.file, picture.file_len, &image) == want &&
               image.pixels == NULL,
           "%lu x %lu pixels give status 0x%x", (unsigned long)width,
           (unsigned long)height, want);
}

static void test_round_trip(void)
{
    struct fob_image image = {0}, back = {0};
    struct fob_secret file = {0};
    struct fob_error error = {0};
    bool same = true;

    tap_ok(fob_image_alloc(&image, 5, 3, &error) == FOB_OK, "a small image");
    for (int i = 0; i < 15; i += 2)
        image.pixels[i] = 0;
    tap_ok(fob_png_write(&image, 3, &file, &error) == FOB_OK &&
               read_exact(file.data, file.len, &back) == FOB_OK &&
               back.width == 15 && back.height == 9,
           "a written image is read back, enlarged");
    for (uint32_t y = 0; y < 9; y++)
        for (uint32_t x = 0; x < 15; x++)
            same = same && fob_image_row(&back, y)[x] ==
                               fob_image_row(&image, y / 3)[x / 3];
    tap_ok(same, "each pixel became a square");
    tap_ok(file.data[24] == 1 && file.data[25] == PNG_COLOR_TYPE_GRAY,
           "of one bit a pixel");
    fob_secret_free(&file);
    fob_image_free(&image);
    fob_image_free(&back);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        test_kind(&kinds[i], PNG_INTERLACE_NONE);
        test_kind(&kinds[i], PNG_INTERLACE_ADAM7);
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i += 5) {
        test_cuts(&kinds[i]);
        test_flips(&kinds[i]);
    }
    test_size(16385, 1, FOB_E_TOO_LONG);
    test_size(1, 16385, FOB_E_TOO_LONG);
    test_size(16000, 4001, FOB_E_TOO_LONG);
    test_size(0x7fffffff, 0x7fffffff, FOB_E_TOO_LONG);
    test_size(0, 1, FOB_E_SYNTAX);
    test_size(0xffffffff, 1, FOB_E_SYNTAX);
    test_size(WIDTH, HEIGHT + 1, FOB_E_SYNTAX);
    test_round_trip();
    paper = 0x00;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        test_kind(&kinds[i], PNG_INTERLACE_NONE);
    return tap_done();
}
