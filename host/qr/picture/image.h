/* SPDX-License-Identifier: MIT */
/* A picture in grey. */
#ifndef FOB_HOST_QR_PICTURE_IMAGE_H
#define FOB_HOST_QR_PICTURE_IMAGE_H

#include "host/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FOB_IMAGE_BYTES_MAX = 16 << 20, /* of a file */
    FOB_IMAGE_SIDE_MAX = 16384,
    FOB_IMAGE_PIXELS_MAX = 64000000,
};

/* Rows from the top, one byte a pixel, 0 is black and 255 white.  It may show
 * a seed, so it is wiped like one. */
struct fob_image {
    uint32_t width;
    uint32_t height;
    uint8_t *pixels; /* NULL while empty */
    bool is_clear;   /* the file has an alpha channel: paper may show */
};

/* Whether a picture of a file may have this size: FOB_E_TOO_LONG beyond the
 * limits, FOB_E_SYNTAX without a pixel. */
FOB_MUST_CHECK enum fob_status fob_image_check(uint32_t width, uint32_t height,
                                               struct fob_error *error);

/* A white picture in the empty `image`; no side is 0 or above 2^24. */
FOB_MUST_CHECK enum fob_status fob_image_alloc(struct fob_image *image,
                                               uint32_t width, uint32_t height,
                                               struct fob_error *error);

/* Wipe and free; leaves it empty. */
void fob_image_free(struct fob_image *image);

static inline uint8_t *fob_image_row(const struct fob_image *image, uint32_t y)
{
    return image->pixels + (size_t)image->width * y;
}

#endif
