/* SPDX-License-Identifier: MIT */
/* WebP files, over libwebp. */
#ifndef FOB_HOST_QR_PICTURE_WEBP_H
#define FOB_HOST_QR_PICTURE_WEBP_H

#include "host/qr/picture/image.h"

/* As fob_image_read, for a file that starts like a WebP. */
FOB_MUST_CHECK enum fob_status fob_webp_read(struct fob_image *image,
                                             uint8_t paper, const void *data,
                                             size_t len,
                                             struct fob_error *error);

#endif
