/* SPDX-License-Identifier: MIT */
/* QR codes in a picture, over zbar. */
#ifndef FOB_HOST_QR_DECODE_H
#define FOB_HOST_QR_DECODE_H

#include "host/base/error.h"
#include "host/qr/codes.h"
#include "host/qr/picture/image.h"

/* To be called once before the sandbox closes: zbar converts texts whose code
 * names a character set, and libc loads a set's tables from files. */
void fob_decode_prepare(void);

/* The QR codes in `image` into the empty `codes`: at least one on FOB_OK, none
 * otherwise.  What is hard to read is looked for until there is a code for
 * fob, an otpauth one, and no other is in sight.  FOB_E_UNSUPPORTED, error set,
 * when no code is found. */
FOB_MUST_CHECK enum fob_status fob_decode_image(const struct fob_image *image,
                                                struct fob_codes *codes,
                                                struct fob_error *error);

/* The same for a whole file (host/qr/image_read.h, which has the other faults):
 * what shows nothing on white paper is laid on black, too. */
FOB_MUST_CHECK enum fob_status fob_decode_file(const void *data, size_t len,
                                               struct fob_codes *codes,
                                               struct fob_error *error);

#endif
