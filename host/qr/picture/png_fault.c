/* SPDX-License-Identifier: MIT */
#include "host/qr/picture/png_fault.h"

_Noreturn void fob_png_fail(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

void fob_png_ignore(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}
