/* SPDX-License-Identifier: MIT */
/* How much fits beside each other. */
#ifndef FOB_HOST_CLI_UI_WIDTH_H
#define FOB_HOST_CLI_UI_WIDTH_H

#include <stddef.h>

enum { WIDTH_USUAL = 80, WIDTH_MIN = 40 };

/* Cells of a line on stdout: COLUMNS, else the terminal's, else WIDTH_USUAL;
 * no fewer than WIDTH_MIN. */
size_t width_find(void);

/* The first and last characters of `text` with "..." between, at most `width`
 * cells, 8 or more, in its place.  The end says more than the beginning. */
void width_elide(char *text, size_t width);

#endif
