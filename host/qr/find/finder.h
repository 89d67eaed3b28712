/* SPDX-License-Identifier: MIT */
/* Finder patterns (ISO/IEC 18004, 6.3.3) in a picture: the dark eye of 3 x 3
 * modules in its light ring.  Of the dark ring around these one module is
 * enough on one side, for on a dark page the rest of it has no edge. */
#ifndef FOB_HOST_QR_FIND_FINDER_H
#define FOB_HOST_QR_FIND_FINDER_H

#include "host/qr/find/ground.h"

enum {
    FOB_FINDERS_MAX = 192,
    FOB_FINDER_LOOKS_MAX = 200000, /* at one picture, however many it feigns */
};

struct fob_finder {
    float x; /* its middle */
    float y;
    float wide; /* pixels a module along a row, */
    float high; /* and down a column, of the picture */
    unsigned hits;
};

struct fob_finders {
    struct fob_finder list[FOB_FINDERS_MAX]; /* most hits first */
    size_t count;
};

void fob_finders_find(const struct fob_ground *ground,
                      struct fob_finders *finders);

#endif
