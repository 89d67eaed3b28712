/* SPDX-License-Identifier: MIT */
/* A code cut out of a picture: seen from straight above, in an even light,
 * with a quiet zone around it. */
#ifndef FOB_HOST_QR_FIND_FLATTEN_H
#define FOB_HOST_QR_FIND_FLATTEN_H

#include "host/qr/find/grid.h"

enum {
    FOB_FLATTEN_SCALE = 4,   /* pixels a module */
    FOB_FLATTEN_MARGIN = 24, /* pixels */
};

enum fob_flatten_way {
    FOB_FLATTEN_SHADES,  /* as it is */
    FOB_FLATTEN_MODULES, /* each module black or white */
    FOB_FLATTEN_SHARP,   /* the same, less what its neighbours shed on it */
    FOB_FLATTEN_WAYS,
};

/* Into the empty `made`. */
FOB_MUST_CHECK enum fob_status fob_flatten(const struct fob_ground *ground,
                                           const struct fob_grid *grid,
                                           enum fob_flatten_way way,
                                           struct fob_image *made,
                                           struct fob_error *error);

#endif
