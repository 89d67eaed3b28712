/* SPDX-License-Identifier: MIT */
/* A text as a QR code, over libqrencode. */
#ifndef FOB_HOST_QR_ENCODE_H
#define FOB_HOST_QR_ENCODE_H

#include "host/base/secret.h"
#include "host/qr/picture/image.h"

enum {
    FOB_ENCODE_TEXT_MAX = 2331, /* bytes in a code of version 40-M */
    FOB_ENCODE_QUIET = 4,       /* modules; ISO/IEC 18004, 9.1 */
};

/* The code of 1 to FOB_ENCODE_TEXT_MAX bytes into the empty `image`, one pixel
 * a module, quiet zone included. */
FOB_MUST_CHECK enum fob_status fob_encode_text(const void *text, size_t len,
                                               struct fob_image *image,
                                               struct fob_error *error);

/* The code as lines of half blocks in UTF-8 into the empty `lines`.  Light
 * modules are drawn in the terminal's text colour, which is right where that
 * is light; `colours` has white and black asked for by ANSI sequences, which
 * is right on any terminal that has them. */
FOB_MUST_CHECK enum fob_status fob_encode_lines(const struct fob_image *image,
                                                bool colours,
                                                struct fob_secret *lines);

#endif
