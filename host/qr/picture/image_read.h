/* SPDX-License-Identifier: MIT */
/* How a file becomes a picture. */
#ifndef FOB_HOST_QR_PICTURE_IMAGE_READ_H
#define FOB_HOST_QR_PICTURE_IMAGE_READ_H

#include "host/qr/picture/image.h"

/* A whole PNG, JPEG or WebP file, told by its first bytes, into the empty
 * `image`.  Transparent parts have the grey of `paper`.  Worded faults:
 * FOB_E_TOO_SHORT for a file that ends early, FOB_E_TOO_LONG for one over a
 * limit (found before its pixels have room), FOB_E_SYNTAX for a broken one,
 * FOB_E_UNSUPPORTED for any other kind of file. */
FOB_MUST_CHECK enum fob_status fob_image_read(struct fob_image *image,
                                              uint8_t paper, const void *data,
                                              size_t len,
                                              struct fob_error *error);

#endif
