/* SPDX-License-Identifier: MIT */
/* The names that a setting allows. */
#ifndef FOB_HOST_CONFIG_NAME_LIST_H
#define FOB_HOST_CONFIG_NAME_LIST_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { FOB_NAME_LIST_MAX = 2048 }; /* bytes of it, a NUL for each name */

/* The zero state allows nothing. */
struct fob_name_list {
    bool is_all;
    char names[FOB_NAME_LIST_MAX]; /* each NUL-ended; an empty one ends */
};

/* Read names between commas, blanks and line ends; one that has these in it
 * stands between single or double quotes.  A `*` in a name is any text, or
 * none.  No name at all is a list that allows nothing.  FOB_E_SYNTAX for a
 * quote without its end, or for nothing in quotes; FOB_E_TOO_LONG.  `list`
 * then allows nothing. */
FOB_MUST_CHECK enum fob_status fob_name_list_parse(const char *text,
                                                   struct fob_name_list *list);

bool fob_name_list_has(const struct fob_name_list *list, const char *name);

/* The names as written, one after the other: start with NULL, go on with what
 * came until it is NULL. */
const char *fob_name_list_next(const struct fob_name_list *list,
                               const char *name);

/* Whether `name`, in which a `*` is a letter as any other, is one of those
 * that `pattern` means. */
bool fob_name_list_fits(const char *pattern, const char *name);

#endif
