/* SPDX-License-Identifier: MIT */
/* WebP files by libwebp's own encoder become the grey that their colours have
 * on paper; every broken one becomes a fault and no image. */
#include "host/base/secret.h"
#include "host/qr/picture/image_read.h"
#include "host/qr/picture/webp.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#include <math.h>

#include <webp/encode.h>

enum { WIDTH = 37, HEIGHT = 23, CHANNELS = 4 };

struct file {
    uint8_t *data;
    size_t len;
};

/* A soft slope in each channel, which a lossy file keeps roughly. */
static uint8_t sample(int y, int x, int channel)
{
    static const int across[] = {3, 1, 2, 4}, down[] = {1, 4, 3, 2};

    return (uint8_t)(20 + across[channel] * x + down[channel] * y);
}

static struct file write_file(bool is_clear, bool is_lossy)
{
    static uint8_t pixels[WIDTH * HEIGHT * CHANNELS];
    int channels = is_clear ? CHANNELS : CHANNELS - 1;
    struct file file = {0};

    for (int i = 0; i < WIDTH * HEIGHT * channels; i++)
        pixels[i] =
            sample(i / channels / WIDTH, i / channels % WIDTH, i % channels);
    if (is_lossy)
        file.len = is_clear ? WebPEncodeRGBA(pixels, WIDTH, HEIGHT,
                                             WIDTH * channels, 95, &file.data)
                            : WebPEncodeRGB(pixels, WIDTH, HEIGHT,
                                            WIDTH * channels, 95, &file.data);
    else
        file.len = is_clear
                       ? WebPEncodeLosslessRGBA(pixels, WIDTH, HEIGHT,
                                                WIDTH * channels, &file.data)
                       : WebPEncodeLosslessRGB(pixels, WIDTH, HEIGHT,
                                               WIDTH * channels, &file.data);
    if (file.len == 0)
        printf("Bail out! no WebP\n");
    return file;
}

static double want(int y, int x, bool is_clear, uint8_t paper)
{
    double light = 0.299 * sample(y, x, 0) + 0.587 * sample(y, x, 1) +
                   0.114 * sample(y, x, 2);
    double there = is_clear ? sample(y, x, 3) / 255.0 : 1;

    return light * there + paper * (1 - there);
}

static double worst_of(const struct fob_image *image, bool is_clear,
                       uint8_t paper)
{
    double worst = 0;

    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            worst = fmax(worst, fabs(want(y, x, is_clear, paper) -
                                     fob_image_row(image, (uint32_t)y)[x]));
    return worst;
}

static enum fob_status read_exact(const uint8_t *data, size_t len,
                                  uint8_t paper, struct fob_image *image)
{
    uint8_t *copy = exact_copy(data, len);
    struct fob_error error = {0};
    enum fob_status status = fob_image_read(image, paper, copy, len, &error);

    if (status != error.status || (status != FOB_OK) != (*error.text != '\0'))
        printf("Bail out! the fault is error not set\n");
    if ((status == FOB_OK) != (image->pixels != NULL))
        printf("Bail out! a fault leaves an image\n");
    free(copy);
    return status;
}

static void test_kind(bool is_clear, bool is_lossy, uint8_t paper)
{
    struct file file = write_file(is_clear, is_lossy);
    struct fob_image image = {0};

    tap_ok(read_exact(file.data, file.len, paper, &image) == FOB_OK &&
               image.width == WIDTH && image.height == HEIGHT &&
               worst_of(&image, is_clear, paper) <= (is_lossy ? 12 : 2),
           "%s%s on %s is read", is_lossy ? "lossy" : "lossless",
           is_clear ? ", with an alpha channel," : "",
           paper ? "white" : "black");
    tap_ok(image.is_clear == is_clear, "and its alpha channel is told");
    fob_image_free(&image);
    WebPFree(file.data);
}

static void test_cuts(bool is_lossy)
{
    struct file file = write_file(true, is_lossy);
    size_t whole = 0, wrong = 0;

    for (size_t len = 12; len < file.len; len++) {
        struct fob_image image = {0};
        enum fob_status status = read_exact(file.data, len, 0xff, &image);

        whole += status == FOB_OK && len + 2 < file.len;
        wrong += status != FOB_OK && status != FOB_E_TOO_SHORT &&
                 status != FOB_E_SYNTAX;
        fob_image_free(&image);
    }
    tap_ok(whole == 0 && wrong == 0, "%s cut at every length is refused",
           is_lossy ? "lossy" : "lossless");
    WebPFree(file.data);
}

static void test_flips(bool is_lossy)
{
    struct file file = write_file(true, is_lossy);
    size_t wrong = 0;

    for (size_t bit = 0; bit < file.len * 8; bit++) {
        struct fob_image image = {0};
        enum fob_status status;

        file.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        status = read_exact(file.data, file.len, 0xff, &image);
        wrong += status != FOB_OK && fob_status_exit(status) != 8;
        file.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        fob_image_free(&image);
    }
    tap_ok(wrong == 0, "%s with any bit turned is read or refused",
           is_lossy ? "lossy" : "lossless");
    WebPFree(file.data);
}

/* VP8X: flags behind the chunk's head, animation is the second bit. */
static void test_animated(void)
{
    static const uint8_t file[] = "RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\2\0\0\0"
                                  "\x1f\0\0\x1f\0\0ANIM";
    struct fob_image image = {0};

    tap_ok(read_exact(file, sizeof(file) - 1, 0xff, &image) ==
               FOB_E_UNSUPPORTED,
           "an animated one is refused");
}

int main(void)
{
    static const uint8_t riff[] = "RIFF\4\0\0\0WAVE";
    struct fob_image image = {0};

    if (fob_secret_start() != FOB_OK)
        return 1;
    for (int i = 0; i < 8; i++)
        test_kind((i & 1) != 0, (i & 2) != 0, i & 4 ? 0x00 : 0xff);
    for (int i = 0; i < 2; i++) {
        test_cuts(i == 1);
        test_flips(i == 1);
    }
    test_animated();
    tap_ok(read_exact(riff, sizeof(riff) - 1, 0xff, &image) ==
               FOB_E_UNSUPPORTED,
           "a sound is no image");
    return tap_done();
}
