/* SPDX-License-Identifier: MIT */
/* PNG files in and out, over libpng. */
#ifndef FOB_HOST_QR_PICTURE_PNG_H
#define FOB_HOST_QR_PICTURE_PNG_H

#include "host/base/secret.h"
#include "host/qr/picture/image.h"

/* As fob_image_read, for a file that starts like a PNG. */
FOB_MUST_CHECK enum fob_status fob_png_read(struct fob_image *image,
                                            uint8_t paper, const void *data,
                                            size_t len,
                                            struct fob_error *error);

/* `image` in black and white, each pixel drawn as a square of `scale` by
 * `scale`, into the empty `file`. */
FOB_MUST_CHECK enum fob_status fob_png_write(const struct fob_image *image,
                                             uint32_t scale,
                                             struct fob_secret *file,
                                             struct fob_error *error);

#endif
