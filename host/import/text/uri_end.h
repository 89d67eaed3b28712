/* SPDX-License-Identifier: MIT */
/* Where a URI ends that stands in a text. */
#ifndef FOB_HOST_IMPORT_TEXT_URI_END_H
#define FOB_HOST_IMPORT_TEXT_URI_END_H

#include "src/span.h"

/* The URI that `text` begins with; `before` is the character before it, or
 * NUL.  It ends at a quote, an angle bracket, a backslash, a control character
 * and the next URI in any case; at a blank, a comma, a semicolon or the bracket
 * that `before` opened only where no parameter follows. */
struct fob_span uri_end_cut(struct fob_span text, char before);

/* Whether the URI, cut off `text`, ends in a secret that may go on behind the
 * blank: nobody should guess. */
bool uri_end_splits_secret(struct fob_span uri, struct fob_span text);

#endif
