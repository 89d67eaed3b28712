/* SPDX-License-Identifier: MIT */
/* A picture against its own light: each pixel compared with the mean around
 * it, so that shadows and lamps do not matter. */
#ifndef FOB_HOST_QR_FIND_GROUND_H
#define FOB_HOST_QR_FIND_GROUND_H

#include "host/qr/picture/image.h"

#include <stdbool.h>

enum {
    FOB_GROUND_REACH = 20, /* pixels on each side that are "around" */
    FOB_GROUND_LEAST = 3,  /* greys below the mean that are not dark yet */
};

struct fob_ground {
    const struct fob_image *image; /* the caller's */
    struct fob_image light;        /* the mean around each of its pixels */
    bool invert;                   /* what is lighter counts as dark */
};

/* The ground of `image`, which must outlive it, into the empty `ground`. */
FOB_MUST_CHECK enum fob_status fob_ground_make(const struct fob_image *image,
                                               struct fob_ground *ground,
                                               struct fob_error *error);

void fob_ground_free(struct fob_ground *ground);

/* How much lighter than its surroundings a pixel is: below 0 is dark. */
static inline int fob_ground_pixel(const struct fob_ground *ground, uint32_t x,
                                   uint32_t y)
{
    int above = fob_image_row(ground->image, y)[x] -
                fob_image_row(&ground->light, y)[x];

    return (ground->invert ? -above : above) + FOB_GROUND_LEAST;
}

/* The same between pixels, the middle of the first one at (0.5, 0.5); what
 * lies outside is like the nearest pixel. */
float fob_ground_point(const struct fob_ground *ground, float x, float y);

#endif
