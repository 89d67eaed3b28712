/* SPDX-License-Identifier: MIT */
#include "host/qr/picture/image_read.h"

#include "host/qr/picture/jpeg.h"
#include "host/qr/picture/png.h"
#include "host/qr/picture/webp.h"

#include <stdbool.h>
#include <string.h>

static bool starts_with(const void *data, size_t len, const void *magic,
                        size_t magic_len)
{
    return len >= magic_len && memcmp(data, magic, magic_len) == 0;
}

/* A RIFF file of that kind; its length is in between. */
static bool is_webp(const void *data, size_t len)
{
    enum { KIND_AT = 8 };

    return starts_with(data, len, "RIFF", 4) && len >= KIND_AT &&
           starts_with((const uint8_t *)data + KIND_AT, len - KIND_AT, "WEBP",
                       4);
}

enum fob_status fob_image_read(struct fob_image *image, uint8_t paper,
                               const void *data, size_t len,
                               struct fob_error *error)
{
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const uint8_t jpeg[] = {0xff, 0xd8, 0xff};

    if (len == 0)
        return fob_error_set(error, FOB_E_TOO_SHORT, "the image is empty");
    if (len > FOB_IMAGE_BYTES_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the image is larger than 16 MiB");
    if (starts_with(data, len, png, sizeof(png)))
        return fob_png_read(image, paper, data, len, error);
    if (starts_with(data, len, jpeg, sizeof(jpeg)))
        return fob_jpeg_read(image, data, len, error);
    if (is_webp(data, len))
        return fob_webp_read(image, paper, data, len, error);
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the file is no PNG, JPEG or WebP image");
}
