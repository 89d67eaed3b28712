/* SPDX-License-Identifier: MIT */
/* Two ways to look for codes in one view of a picture: as a whole, where zbar
 * finds them; and one by one, where fob finds them, however they lie, and
 * zbar reads what was cut out. */
#ifndef FOB_HOST_QR_SEARCH_H
#define FOB_HOST_QR_SEARCH_H

#include "host/qr/codes.h"
#include "host/qr/scan.h"
#include "host/qr/view.h"

enum { FOB_SEARCH_LOST_MAX = 64 };

struct fob_search {
    const struct fob_image *image;
    struct zbar_image_scanner_s *scanner;
    struct fob_codes *codes; /* what was found */
    unsigned unread; /* codes seen in this view that could not be read, */
    struct fob_code_box lost[FOB_SEARCH_LOST_MAX]; /* and in any */
    size_t lost_count;
    struct fob_error *error;
};

/* Both polarities each, for a picture may hold one of each.  `view` says the
 * size. */
FOB_MUST_CHECK enum fob_status fob_search_whole(struct fob_search *search,
                                                const struct fob_view *view);
FOB_MUST_CHECK enum fob_status fob_search_grids(struct fob_search *search,
                                                const struct fob_view *view);

/* Whether a code was seen that lies beside all that were read. */
bool fob_search_is_incomplete(const struct fob_search *search);

#endif
