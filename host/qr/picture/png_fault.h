/* SPDX-License-Identifier: MIT */
/* libpng's two callbacks for faults, silent: what it would say may quote the
 * file. */
#ifndef FOB_HOST_QR_PICTURE_PNG_FAULT_H
#define FOB_HOST_QR_PICTURE_PNG_FAULT_H

#include <png.h>

/* Back to the setjmp of the caller; libpng must not get control again. */
_Noreturn void fob_png_fail(png_structp png, png_const_charp message);

void fob_png_ignore(png_structp png, png_const_charp message);

#endif
