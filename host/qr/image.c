/* SPDX-License-Identifier: MIT */
#include "host/qr/image.h"

#include "host/qr/jpeg.h"
#include "host/qr/png.h"
#include "src/wipe.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static size_t image_size(const struct fob_image *image)
{
    return (size_t)image->width * image->height;
}

enum fob_status fob_image_check(uint32_t width, uint32_t height,
                                struct fob_error *error)
{
    if (width > FOB_IMAGE_SIDE_MAX || height > FOB_IMAGE_SIDE_MAX ||
        (uint64_t)width * height > FOB_IMAGE_PIXELS_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the image has %lu x %lu pixels, more than fob "
                             "reads",
                             (unsigned long)width, (unsigned long)height);
    if (width == 0 || height == 0)
        return fob_error_set(error, FOB_E_SYNTAX, "the image has no pixels");
    return FOB_OK;
}

enum fob_status fob_image_alloc(struct fob_image *image, uint32_t width,
                                uint32_t height, struct fob_error *error)
{
    image->pixels = malloc((size_t)width * height);
    if (image->pixels == NULL)
        return fob_error_set(error, FOB_E_NO_MEMORY, "no memory for the image");
    image->width = width;
    image->height = height;
    memset(image->pixels, 0xff, image_size(image));
    return FOB_OK;
}

void fob_image_free(struct fob_image *image)
{
    if (image->pixels != NULL)
        fob_wipe(image->pixels, image_size(image));
    free(image->pixels);
    *image = (struct fob_image){0};
}

static bool image_starts(const void *data, size_t len, const void *magic,
                         size_t magic_len)
{
    return len >= magic_len && memcmp(data, magic, magic_len) == 0;
}

enum fob_status fob_image_read(struct fob_image *image, const void *data,
                               size_t len, struct fob_error *error)
{
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const uint8_t jpeg[] = {0xff, 0xd8, 0xff};

    if (len == 0)
        return fob_error_set(error, FOB_E_TOO_SHORT, "the image is empty");
    if (len > FOB_IMAGE_BYTES_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the image is larger than 16 MiB");
    if (image_starts(data, len, png, sizeof png))
        return fob_png_read(image, data, len, error);
    if (image_starts(data, len, jpeg, sizeof jpeg))
        return fob_jpeg_read(image, data, len, error);
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the file is neither a PNG nor a JPEG image");
}
