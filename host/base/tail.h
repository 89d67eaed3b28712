/* SPDX-License-Identifier: MIT */
/* The end of what somebody says, however much that is. */
#ifndef FOB_HOST_BASE_TAIL_H
#define FOB_HOST_BASE_TAIL_H

#include <stdbool.h>
#include <stddef.h>

enum { FOB_TAIL_MAX = 300 };

/* All zero: nothing was said. */
struct fob_tail {
    char text[FOB_TAIL_MAX + 1]; /* NUL-ended; may hold any byte else */
    size_t len;
    bool is_cut; /* there was more before it */
};

/* Put more behind it; a NUL becomes a space. */
void fob_tail_add(struct fob_tail *tail, const void *bytes, size_t len);

/* Make one line of it: white space, line ends too, becomes one space, and none
 * is left at either end; what was cut begins with "...".  Whatever else a
 * terminal would act on is for fob_error_set to spell out. */
void fob_tail_fold(struct fob_tail *tail);

#endif
