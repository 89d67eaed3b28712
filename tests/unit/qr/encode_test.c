/* SPDX-License-Identifier: MIT */
#include "host/qr/encode.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static enum fob_status encode(const void *text, size_t len,
                              struct fob_image *image)
{
    void *copy = exact_copy(text, len);
    struct fob_error error = {0};
    enum fob_status status = fob_encode_text(copy, len, image, &error);

    free(copy);
    return status == error.status ? status : FOB_E_FAILED;
}

static void test_limits(void)
{
    uint8_t text[FOB_ENCODE_TEXT_MAX + 1];
    struct fob_image image = {0};

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (uint8_t)(i * 7);
    tap_ok(encode(text, FOB_ENCODE_TEXT_MAX, &image) == FOB_OK &&
               image.width == 177 + 2 * FOB_ENCODE_QUIET,
           "the longest text makes the largest code");
    fob_image_free(&image);
    tap_ok(encode(text, sizeof(text), &image) == FOB_E_TOO_LONG &&
               image.pixels == NULL,
           "one byte more is too long");
    tap_ok(encode(text, 0, &image) == FOB_E_TOO_SHORT && image.pixels == NULL,
           "an empty text is refused");
}

static void test_quiet_zone(void)
{
    struct fob_image image = {0};
    bool white = true;

    tap_ok(encode("x", 1, &image) == FOB_OK && image.width == 29 &&
               image.height == 29,
           "the smallest code has 21 modules and its quiet zone");
    for (uint32_t i = 0; i < 29; i++)
        for (uint32_t j = 0; j < 4; j++)
            white = white && fob_image_row(&image, i)[j] == 255 &&
                    fob_image_row(&image, i)[28 - j] == 255 &&
                    fob_image_row(&image, j)[i] == 255 &&
                    fob_image_row(&image, 28 - j)[i] == 255;
    tap_ok(white, "the quiet zone is white");
    tap_ok(fob_image_row(&image, 4)[4] == 0, "the code begins inside it");
    fob_image_free(&image);
}

/* Three rows, so that the last line has only an upper half. */
static struct fob_image four_by_three(void)
{
    struct fob_image image = {0};
    struct fob_error error = {0};

    if (fob_image_alloc(&image, 4, 3, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    image.pixels[1] = image.pixels[3] = 0;
    image.pixels[4 + 2] = image.pixels[4 + 3] = 0;
    image.pixels[8 + 2] = 0;
    return image;
}

static void test_lines(bool colours, const char *want)
{
    struct fob_image image = four_by_three();
    struct fob_secret lines = {0};

    tap_ok(fob_encode_lines(&image, colours, &lines) == FOB_OK &&
               lines.len == strlen(want) &&
               memcmp(lines.data, want, lines.len) == 0,
           "each pair of modules is its half block%s",
           colours ? ", in colours" : "");
    fob_secret_free(&lines);
    fob_image_free(&image);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_limits();
    test_quiet_zone();
    test_lines(false, "█▄▀ \n██▄█\n");
    test_lines(true, "\033[38;5;231;48;5;16m█▄▀ \033[0m\n"
                     "\033[38;5;231;48;5;16m██▄█\033[0m\n");
    return tap_done();
}
