/* SPDX-License-Identifier: MIT */
/* Kinds of pictures, told by a file's first bytes. */
#ifndef FOB_HOST_CLI_HELPER_PICTURE_H
#define FOB_HOST_CLI_HELPER_PICTURE_H

#include "host/base/error.h"
#include "host/base/secret.h"

enum picture_kind {
    PICTURE_NONE, /* no picture, as far as fob knows */
    PICTURE_READ, /* PNG, JPEG, WebP: fob-qr reads it */
    PICTURE_GIF,
    PICTURE_BMP,
    PICTURE_TIFF,
    PICTURE_HEIC,
    PICTURE_AVIF,
    PICTURE_JXL,
    PICTURE_PDF,
    PICTURE_SVG,
};

enum picture_kind picture_kind_of(const struct fob_secret *content);

/* FOB_E_UNSUPPORTED for a picture called `name`, which may be "stdin", of a
 * kind that is not read; the hint is the command that makes a PNG of it. */
FOB_MUST_CHECK enum fob_status picture_refuse(enum picture_kind kind,
                                              const char *name,
                                              struct fob_error *error);

#endif
