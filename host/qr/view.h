/* SPDX-License-Identifier: MIT */
/* Other looks at one picture, for a reader that did not find a code in it. */
#ifndef FOB_HOST_QR_VIEW_H
#define FOB_HOST_QR_VIEW_H

#include "host/qr/picture/image.h"

#include <stdbool.h>

/* What may be added on each side: a quiet zone where a crop took it away.
 * Beside a dark page it is what a reader takes its measure from, though. */
enum { FOB_VIEW_MARGIN = 32 };

struct fob_view {
    uint32_t enlarge; /* each pixel becomes a square of so many a side, */
    uint32_t reduce;  /* after such squares became one pixel each; 1 or more */
    uint32_t margin;  /* pixels of the view, white in any case */
    bool invert;
    bool is_smooth; /* what is enlarged has soft edges */
    uint32_t grow;  /* pixels by which what is dark grows, over seams */
};

/* Width and height of the view are side / reduce * enlarge + 2 * margin. */
FOB_MUST_CHECK enum fob_status fob_view_make(const struct fob_image *image,
                                             const struct fob_view *view,
                                             struct fob_image *made,
                                             struct fob_error *error);

/* Where a column or row of the view lies in the picture, cut to 0..side. */
uint32_t fob_view_origin(const struct fob_view *view, int at, uint32_t side);

#endif
