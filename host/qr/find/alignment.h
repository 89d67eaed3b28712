/* SPDX-License-Identifier: MIT */
/* Where alignment patterns are: ISO/IEC 18004, annex E. */
#ifndef FOB_HOST_QR_FIND_ALIGNMENT_H
#define FOB_HOST_QR_FIND_ALIGNMENT_H

enum { FOB_ALIGNMENT_MAX = 7 };

/* Rows, and as well columns, of the middles of the alignment patterns in a
 * code of `side` modules; how many, none in the smallest. */
int fob_alignment_places(int side, int places[static FOB_ALIGNMENT_MAX]);

#endif
