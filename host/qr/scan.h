/* SPDX-License-Identifier: MIT */
/* zbar, which reads codes that look straight out of a picture. */
#ifndef FOB_HOST_QR_SCAN_H
#define FOB_HOST_QR_SCAN_H

#include "host/base/error.h"
#include "host/qr/codes.h"
#include "host/qr/picture/image.h"

struct zbar_image_scanner_s;

/* To be called once before the sandbox closes: zbar converts texts whose code
 * names a character set, and libc loads a set's tables from files. */
void fob_scan_prepare(void);

/* NULL without memory. */
struct zbar_image_scanner_s *fob_scan_open(void);
void fob_scan_close(struct zbar_image_scanner_s *scanner);

/* What zbar sees in `image`, dark on light, into the empty `seen`. */
FOB_MUST_CHECK enum fob_status fob_scan(struct zbar_image_scanner_s *scanner,
                                        const struct fob_image *image,
                                        struct fob_codes *seen,
                                        struct fob_error *error);

#endif
