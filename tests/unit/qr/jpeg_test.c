/* SPDX-License-Identifier: MIT */
/* Every kind of JPEG becomes the grey that its colours have; every broken one
 * becomes a fault and no image. */
#include "host/qr/picture/jpeg.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#include <jpeglib.h>

enum { WIDTH = 40, HEIGHT = 24 };

struct kind {
    const char *name;
    J_COLOR_SPACE given;
    J_COLOR_SPACE stored;
    bool progressive;
    bool adobe; /* inks are stored as 255 less the ink */
};

static const struct kind kinds[] = {
    {"grey", JCS_GRAYSCALE, JCS_GRAYSCALE, false, false},
    {"grey, progressive", JCS_GRAYSCALE, JCS_GRAYSCALE, true, false},
    {"YCbCr", JCS_RGB, JCS_YCbCr, false, false},
    {"YCbCr, progressive", JCS_RGB, JCS_YCbCr, true, false},
    {"RGB", JCS_RGB, JCS_RGB, false, true},
    {"RGB, progressive", JCS_RGB, JCS_RGB, true, true},
    {"CMYK of Adobe", JCS_CMYK, JCS_CMYK, false, true},
    {"YCCK of Adobe", JCS_CMYK, JCS_YCCK, false, true},
    {"CMYK", JCS_CMYK, JCS_CMYK, false, false},
};

struct picture {
    const struct kind *kind;
    unsigned char *file;
    unsigned long file_len;
};

/* A soft slope in each channel: JPEG keeps it to a level or two. */
static uint8_t sample(const struct kind *kind, uint32_t y, uint32_t x, int c)
{
    static const uint32_t across[] = {5, 2, 0, 1}, down[] = {1, 6, 4, 3};
    uint32_t level = 20 + across[c] * x + down[c] * y;
    bool inks = kind->given == JCS_CMYK;

    if (inks && c == 3)
        level = 60 + x + 2 * y;
    return (uint8_t)(inks && !kind->adobe ? 255 - level : level);
}

static double grey(const struct kind *kind, uint32_t y, uint32_t x)
{
    double part[4];

    if (kind->given == JCS_GRAYSCALE)
        return sample(kind, y, x, 0);
    for (int c = 0; c < 4; c++) {
        part[c] = sample(kind, y, x, c);
        if (kind->given == JCS_CMYK && !kind->adobe)
            part[c] = 255 - part[c];
    }
    if (kind->given != JCS_CMYK)
        part[3] = 255;
    return (0.299 * part[0] + 0.587 * part[1] + 0.114 * part[2]) * part[3] /
           255;
}

static int channels(const struct kind *kind)
{
    return kind->given == JCS_GRAYSCALE ? 1 : kind->given == JCS_RGB ? 3 : 4;
}

static void write_rows(struct jpeg_compress_struct *jpeg,
                       const struct kind *kind)
{
    uint8_t row[WIDTH * 4];
    JSAMPROW line = row;
    int count = channels(kind);

    while (jpeg->next_scanline < jpeg->image_height) {
        for (uint32_t x = 0; x < WIDTH; x++)
            for (int c = 0; c < count; c++)
                row[x * (uint32_t)count + (uint32_t)c] =
                    sample(kind, jpeg->next_scanline, x, c);
        (void)jpeg_write_scanlines(jpeg, &line, 1);
    }
}

static void picture_write(struct picture *picture)
{
    const struct kind *kind = picture->kind;
    struct jpeg_error_mgr manager;
    struct jpeg_compress_struct jpeg = {.err = jpeg_std_error(&manager)};

    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &picture->file, &picture->file_len);
    jpeg.image_width = WIDTH;
    jpeg.image_height = HEIGHT;
    jpeg.input_components = channels(kind);
    jpeg.in_color_space = kind->given;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, kind->stored);
    jpeg.write_Adobe_marker = kind->adobe;
    jpeg_set_quality(&jpeg, 98, TRUE);
    if (kind->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    write_rows(&jpeg, kind);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
}

static enum fob_status read_exact(const uint8_t *data, size_t len,
                                  struct fob_image *image)
{
    uint8_t *copy = exact_copy(data, len);
    struct fob_error error = {0};
    enum fob_status status = fob_jpeg_read(image, copy, len, &error);

    if (status != error.status || (status != FOB_OK) != (*error.text != '\0'))
        printf("Bail out! the fault is error not set\n");
    free(copy);
    return status;
}

static bool picture_is_read(const struct kind *kind,
                            const struct fob_image *image)
{
    if (image->width != WIDTH || image->height != HEIGHT)
        return false;
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++) {
            double want = grey(kind, y, x), got = fob_image_row(image, y)[x];

            if (got < want - 4 || got > want + 4) {
                printf("# x %u y %u: got %.0f, want %.1f\n", x, y, got, want);
                return false;
            }
        }
    return true;
}

static void test_kind(const struct kind *kind)
{
    struct picture picture = {.kind = kind};
    struct fob_image image = {0};
    enum fob_status status;

    picture_write(&picture);
    status = read_exact(picture.file, picture.file_len, &image);
    tap_ok(status == FOB_OK && picture_is_read(kind, &image), "%s is read",
           kind->name);
    fob_image_free(&image);
    free(picture.file);
}

/* The last two bytes are the end marker, which nothing hangs on. */
static void test_cuts(const struct kind *kind)
{
    struct picture picture = {.kind = kind};
    size_t wrong = 0;

    picture_write(&picture);
    for (size_t len = 3; len + 8 < picture.file_len; len++) {
        struct fob_image image = {0};

        wrong += read_exact(picture.file, len, &image) != FOB_E_TOO_SHORT;
        wrong += image.pixels != NULL;
        fob_image_free(&image);
    }
    tap_ok(wrong == 0, "%s cut at every length ends early (%zu)", kind->name,
           wrong);
    free(picture.file);
}

static void test_flips(const struct kind *kind)
{
    struct picture picture = {.kind = kind};
    size_t wrong = 0;

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
    free(picture.file);
}

/* The frame header's marker (FFC0 or FFC2), or NULL. */
static uint8_t *picture_frame(struct picture *picture)
{
    for (size_t i = 0; i + 9 < picture->file_len; i++)
        if (picture->file[i] == 0xff && (picture->file[i + 1] | 2) == 0xc2)
            return picture->file + i;
    return NULL;
}

static void test_size(const struct kind *kind, unsigned width, unsigned height,
                      enum fob_status want)
{
    struct picture picture = {.kind = kind};
    struct fob_image image = {0};
    uint8_t *frame;
    enum fob_status got;

    picture_write(&picture);
    frame = picture_frame(&picture);
    frame[5] = (uint8_t)(height >> 8);
    frame[6] = (uint8_t)height;
    frame[7] = (uint8_t)(width >> 8);
    frame[8] = (uint8_t)width;
    got = read_exact(picture.file, picture.file_len, &image);
    tap_ok(got == want && image.pixels == NULL,
           "%s of %u x %u pixels gives status 0x%x", kind->name, width, height,
           got);
    free(picture.file);
}

/* A scan costs a pass over the whole picture but few bytes of the file. */
static void test_many_scans(void)
{
    struct picture picture = {.kind = &kinds[1]};
    struct fob_image image = {0};
    size_t scan = 0, scan_len = 0, len;
    uint8_t *file;

    picture_write(&picture);
    for (size_t i = 0; i + 1 < picture.file_len; i++)
        if (picture.file[i] == 0xff && picture.file[i + 1] == 0xda)
            scan = i; /* the last one refines what earlier ones began */
    scan_len = picture.file_len - 2 - scan;
    len = scan + 200 * scan_len;
    file = exact_copy(NULL, len);
    memcpy(file, picture.file, scan);
    for (size_t i = 0; i < 200; i++)
        memcpy(file + scan + i * scan_len, picture.file + scan, scan_len);
    tap_ok(read_exact(file, len, &image) == FOB_E_TOO_LONG &&
               image.pixels == NULL,
           "a picture in 200 scans is refused");
    free(file);
    free(picture.file);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        test_kind(&kinds[i]);
        test_cuts(&kinds[i]);
    }
    test_flips(&kinds[1]);
    test_flips(&kinds[2]);
    test_flips(&kinds[7]);
    test_size(&kinds[0], 16385, 8, FOB_E_TOO_LONG);
    test_size(&kinds[0], 8, 65500, FOB_E_TOO_LONG);
    test_size(&kinds[0], 16000, 4001, FOB_E_TOO_LONG);
    test_size(&kinds[0], 0, 8, FOB_E_SYNTAX);
    /* Within the limits of size, but its coefficients take 384 MiB. */
    test_size(&kinds[5], 8000, 8000, FOB_E_TOO_LONG);
    test_many_scans();
    return tap_done();
}
