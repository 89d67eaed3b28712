/* SPDX-License-Identifier: MIT */
/* JPEG files, over libjpeg. */
#ifndef FOB_HOST_QR_PICTURE_JPEG_H
#define FOB_HOST_QR_PICTURE_JPEG_H

#include "host/qr/picture/image.h"

/* As fob_image_read, for a file that starts like a JPEG. */
FOB_MUST_CHECK enum fob_status fob_jpeg_read(struct fob_image *image,
                                             const void *data, size_t len,
                                             struct fob_error *error);

#endif
