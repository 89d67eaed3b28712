/* SPDX-License-Identifier: MIT */
/* Which lines of a text an edit touches, and the text without them; for
 * edit.c only. */
#ifndef FOB_HOST_CONFIG_PLAN_H
#define FOB_HOST_CONFIG_PLAN_H

#include "host/config/change.h"
#include "host/config/slice.h"

/* Lines by their numbers; 0 is none.  The views are of the text planned for. */
struct edit_plan {
    const struct fob_edit *edit;
    uint32_t taken[CHANGE_KEYS_MAX]; /* key lines replaced or removed */
    uint32_t header;                 /* line of the section's header */
    uint32_t after;                  /* the new line goes behind this one */
    uint32_t blank;                  /* the empty line above the header */
    bool drop_header;
    struct slice indent; /* of the new line */
    struct slice line_end;
};

/* `before` is the same text parsed. */
struct edit_plan plan_make(const struct fob_config *before,
                           const struct fob_secret *text,
                           const struct fob_edit *edit);

/* Carry it out into the empty `result`; FOB_E_NO_MEMORY may leave a part. */
FOB_MUST_CHECK enum fob_status plan_write(const struct fob_secret *text,
                                          const struct edit_plan *plan,
                                          struct fob_secret *result);

#endif
