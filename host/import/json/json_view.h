/* SPDX-License-Identifier: MIT */
/*
 * JSON (RFC 8259) read where it stands: a value is a span of a text that was
 * checked whole, and nothing is copied, so that the text alone holds what is
 * secret.  White space around a value is no part of it.
 */
#ifndef FOB_HOST_IMPORT_JSON_JSON_VIEW_H
#define FOB_HOST_IMPORT_JSON_JSON_VIEW_H

#include "src/span.h"
#include "src/status.h"

#include <stdint.h>

enum { FOB_JSON_VIEW_DEPTH_MAX = 32 };

/* Check the whole text and give its one value.  FOB_E_SYNTAX, with the line
 * (from 1) where the text breaks the grammar, nests deeper than
 * FOB_JSON_VIEW_DEPTH_MAX, or escapes what is no character; *value is none. */
FOB_MUST_CHECK enum fob_status
fob_json_view_open(struct fob_span text, struct fob_span *value, size_t *line);

/* The rest takes values that come of fob_json_view_open. */

bool fob_json_view_is_string(struct fob_span value);

/* The members of `object` called name[0] to name[count - 1] (64 at most), into
 * member[0] and on; none for one that is absent or null.  FOB_E_SYNTAX when
 * `object` is no object, FOB_E_DUPLICATE when it has one of them twice. */
FOB_MUST_CHECK enum fob_status fob_json_view_members(struct fob_span object,
                                                     const char *const *name,
                                                     size_t count,
                                                     struct fob_span *member);

/* What fob_json_view_next takes one by one; FOB_E_SYNTAX when it is no array.
 */
FOB_MUST_CHECK enum fob_status fob_json_view_elements(struct fob_span array,
                                                      struct fob_span *rest);

/* The next element of *rest, false at the end. */
bool fob_json_view_next(struct fob_span *rest, struct fob_span *element);

/* The text of a string, unescaped and NUL-ended.  FOB_E_SYNTAX when it is no
 * string, FOB_E_TOO_LONG when `cap` is less than the text and its NUL; `text`
 * is then wiped.  cap >= 1; value.len is always enough. */
FOB_MUST_CHECK enum fob_status fob_json_view_text(struct fob_span value,
                                                  char *text, size_t cap);

/* A whole number written without sign, fraction and exponent.  FOB_E_SYNTAX
 * when it is none, FOB_E_TOO_LONG above `max`; *number is then 0. */
FOB_MUST_CHECK enum fob_status
fob_json_view_number(struct fob_span value, uint64_t max, uint64_t *number);

#endif
