/* SPDX-License-Identifier: MIT */
/* Which three finder patterns may be one code's. */
#ifndef FOB_HOST_QR_FIND_TRIO_H
#define FOB_HOST_QR_FIND_TRIO_H

#include "host/qr/find/finder.h"

enum {
    FOB_TRIOS_MAX = 40,
    FOB_TRIO_FINDERS_MAX = 48, /* those with the most hits */
};

struct fob_trio {
    const struct fob_finder *corner; /* of the top left, were it upright */
    const struct fob_finder *right;
    const struct fob_finder *below;
    float side; /* modules, roughly */
    float oddness;
};

struct fob_trios {
    struct fob_trio list[FOB_TRIOS_MAX]; /* the likeliest first */
    size_t count;
};

void fob_trios_find(const struct fob_finders *finders, struct fob_trios *trios);

#endif
