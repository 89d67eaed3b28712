/* SPDX-License-Identifier: MIT */
/* The modules of a code in a picture, as a lens shows them: three finder
 * patterns say where they begin, timing and alignment patterns (ISO/IEC
 * 18004, 6.3.5 and 6.3.6) how fast they shrink with the distance. */
#ifndef FOB_HOST_QR_FIND_GRID_H
#define FOB_HOST_QR_FIND_GRID_H

#include "host/qr/find/finder.h"

enum {
    FOB_GRID_SIDE_MIN = 21, /* modules of version 1 */
    FOB_GRID_SIDE_MAX = 177,
    FOB_GRID_STEP = 4, /* modules more with each version */
};

struct fob_grid {
    const struct fob_finder *corner; /* of the top left */
    const struct fob_finder *right;
    const struct fob_finder *below;
    float right_weight; /* 1 without a perspective; less is nearer */
    float below_weight;
    int side;  /* modules */
    float fit; /* 1 when all of its patterns are there, 0 when by chance */
};

/* Where a point lies in the picture, the first module's middle at (0.5, 0.5).
 * False behind the lens. */
bool fob_grid_point(const struct fob_grid *grid, float x, float y,
                    float picture[static 2]);

/* Set the weights, the side (about `side`) and the fit of a grid between three
 * finder patterns. */
void fob_grid_fit(const struct fob_ground *ground, float side,
                  struct fob_grid *grid);

#endif
